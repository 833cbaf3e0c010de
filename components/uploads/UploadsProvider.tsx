'use client';
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useConnection, useLibrary, useTasks } from '../live/live-hooks';
import { DropOverlay } from './DropOverlay';
import { openFile } from './reader-client';
import { isActive, type UploadItem } from './upload-item';
import { UploadQueue } from './upload-queue';
import { createWire, type UploadWire } from './upload-wire';
import { waitForRetry } from './wait-for-retry';

const SENDER_KEY = 'skep:upload-sender';

const UploadsContext = createContext<UploadQueue | null>(null);

/** Keeps the page's uploads going while one moves through the pages, and takes files that are dropped anywhere. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const [{ queue, wire }] = useState(makeUploads);
  const library = useLibrary();
  const tasks = useTasks();
  const connection = useConnection();
  useEffect(() => queue.setLibrary(library), [queue, library]);
  useEffect(() => queue.setTasks(tasks), [queue, tasks]);
  useEffect(() => {
    if (connection !== 'live') return;
    // The list is a convenience: without it, the same file can still be chosen again.
    wire.list().then(
      (uploads) => queue.setUnfinished(uploads),
      () => undefined,
    );
  }, [queue, wire, connection]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (queue.getItems().some(isActive)) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [queue]);
  return (
    <UploadsContext value={queue}>
      {children}
      <DropOverlay />
    </UploadsContext>
  );
}

/** The page's queue. @throws outside of the provider */
export function useUploadQueue(): UploadQueue {
  const queue = useContext(UploadsContext);
  if (!queue) throw new Error('useUploadQueue needs an UploadsProvider above it.');
  return queue;
}

const NONE: readonly UploadItem[] = [];

/** All uploads of this page, oldest first. */
export function useUploads(): readonly UploadItem[] {
  const queue = useUploadQueue();
  return useSyncExternalStore(queue.subscribe, queue.getItems, () => NONE);
}

function makeUploads() {
  const wire: UploadWire = createWire(typeof window === 'undefined' ? '' : senderOfTab());
  const queue = new UploadQueue({
    wire,
    openFile,
    now: () => performance.now(),
    wait: waitForRetry,
  });
  return { queue, wire };
}

/** A word for this tab that survives its reload: the server takes the new page for the old one. */
function senderOfTab(): string {
  const fresh = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16)).join('');
  try {
    const known = window.sessionStorage.getItem(SENDER_KEY);
    if (known) return known;
    window.sessionStorage.setItem(SENDER_KEY, fresh);
  } catch {
    // No storage in this window: after a reload the server waits a moment for the old page.
  }
  return fresh;
}
