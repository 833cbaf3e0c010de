'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLibrary, useStats } from '@/components/live/live-hooks';
import { libraryFileName } from '@/lib/shared/device';
import type { ErrorBody } from '@/lib/shared/errors';
import type { LibraryFile } from '@/lib/shared/events';
import { formatBytes } from '@/lib/shared/units';
import { uploadFile } from './upload-file';
import { withSample, type RateSample } from './upload-rate';

export type UploadState =
  | { phase: 'idle' }
  | { phase: 'sending'; name: string; totalBytes: number; samples: RateSample[] }
  | { phase: 'failed'; name: string; error: ErrorBody };

export interface Upload {
  state: UploadState;
  start: (file: File) => void;
  cancel: () => void;
}

/** One upload to the library at a time. Leaving the page stops it, so the browser asks first. */
export function useUpload(onDone: (file: LibraryFile) => void): Upload {
  const [state, setState] = useState<UploadState>({ phase: 'idle' });
  const stop = useRef<(() => void) | null>(null);
  const library = useLibrary();
  const freeBytes = useStats()?.host.diskFreeBytes ?? null;
  const isSending = state.phase === 'sending';

  useEffect(() => () => stop.current?.(), []);
  useEffect(() => {
    if (!isSending) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isSending]);

  const start = (file: File) => {
    const { name, size: totalBytes } = file;
    const refusal = refuse(file, library, freeBytes);
    if (refusal) return setState({ phase: 'failed', name, error: refusal });
    setState({ phase: 'sending', name, totalBytes, samples: [{ atMs: performance.now(), bytes: 0 }] });
    stop.current = uploadFile(file, {
      onProgress: (bytes) =>
        setState((now) =>
          now.phase === 'sending'
            ? { ...now, samples: withSample(now.samples, { atMs: performance.now(), bytes }) }
            : now,
        ),
      onDone: (done) => {
        setState({ phase: 'idle' });
        onDone(done);
      },
      onError: (error) => setState({ phase: 'failed', name, error }),
    });
  };
  const cancel = useCallback(() => {
    stop.current?.();
    setState({ phase: 'idle' });
  }, []);
  return { state, start, cancel };
}

/** What the server would refuse at the end is said before the first byte is sent. */
function refuse(file: File, library: readonly LibraryFile[], freeBytes: number | null): ErrorBody | null {
  if (!libraryFileName.safeParse(file.name).success) {
    return { code: 'invalid_input', message: `${file.name} cannot be a name in the library. Rename the file first.` };
  }
  if (library.some((known) => known.ref === file.name)) {
    return {
      code: 'already_exists',
      message: `The library has a file ${file.name} already. Choose it from the list, or rename yours.`,
    };
  }
  if (file.size === 0) return { code: 'invalid_input', message: `${file.name} is empty. Choose another file.` };
  if (freeBytes !== null && file.size > freeBytes) {
    const [size, free] = [formatBytes(file.size), formatBytes(freeBytes)];
    return { code: 'no_space', message: `${file.name} has ${size}, but the host has ${free} free. Make room first.` };
  }
  return null;
}
