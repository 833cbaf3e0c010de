'use client';
import { PageError } from '@/components/frame/PageError';

interface Props {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function RootError({ error, reset }: Props) {
  return (
    <main>
      <PageError error={error} retry={reset} />
    </main>
  );
}
