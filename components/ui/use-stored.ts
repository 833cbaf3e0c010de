'use client';
import { useCallback, useMemo, useSyncExternalStore } from 'react';

const CHANGED = 'skep:stored';

function subscribe(listener: () => void): () => void {
  window.addEventListener('storage', listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener('storage', listener);
    window.removeEventListener(CHANGED, listener);
  };
}

/** What stands under a key; null when there is nothing or the browser allows no storage. */
function read(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, text: string): void {
  try {
    window.localStorage.setItem(key, text);
  } catch {
    // Private windows may refuse: the choice then lasts as long as nothing else is chosen, which is fine.
  }
  window.dispatchEvent(new Event(CHANGED));
}

/**
 * A preference that this browser remembers (the columns of a table), shared by all tabs.
 *
 * @param check turns what was stored, by whatever version of Skep, into a valid value
 * @returns the value, how to change it, and whether it is known yet (not on the server)
 */
export function useStored<T>(key: string, check: (stored: unknown) => T): [T, (value: T) => void, boolean] {
  const text = useSyncExternalStore<string | null | undefined>(
    subscribe,
    () => read(key),
    () => undefined,
  );
  const value = useMemo(() => check(parseJson(text)), [text, check]);
  const store = useCallback((next: T) => write(key, JSON.stringify(next)), [key]);
  return [value, store, text !== undefined];
}

function parseJson(text: string | null | undefined): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
