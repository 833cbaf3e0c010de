'use client';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';

interface PageErrorProps {
  /** What was thrown; in production the server's errors carry only a digest. */
  error: Error & { digest?: string };
  retry: () => void;
}

/** Stands where a page should be when drawing it failed. */
export function PageError({ error, retry }: PageErrorProps) {
  return (
    <EmptyState
      isPage
      title="This page could not be shown"
      actions={
        <>
          <Button kind="primary" onPress={retry}>
            Try again
          </Button>
          <Button onPress={() => window.location.reload()}>Reload</Button>
        </>
      }
    >
      <p>Skep failed inside while drawing it. Your virtual machines are not affected.</p>
      {error.digest && <p className="mt-1 text-sm">Skep&apos;s log has more under {error.digest}.</p>}
    </EmptyState>
  );
}
