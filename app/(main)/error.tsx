'use client';
import { PageError } from '@/components/frame/PageError';

/** Inside the frame: the rail stays, so that one can go elsewhere. */
export default function MainError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <PageError error={error} retry={reset} />;
}
