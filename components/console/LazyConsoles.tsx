'use client';

/** The consoles as pages show them: their libraries are loaded when one is opened, and only in the browser. */
import dynamic from 'next/dynamic';
import { Spinner } from '../ui/Spinner';

function Loading() {
  return (
    <div className="flex h-full animate-late items-center justify-center gap-2 text-muted">
      <Spinner /> Loading…
    </div>
  );
}

export const LazyDisplay = dynamic(() => import('./Display'), { ssr: false, loading: Loading });
export const LazySerial = dynamic(() => import('./Serial'), { ssr: false, loading: Loading });
