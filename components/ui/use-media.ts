'use client';
import { useSyncExternalStore } from 'react';

/** True while a media query matches, such as `(width < 40rem)`. False on the server. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}

/** True on the width of a phone. */
export const useIsPhone = (): boolean => useMedia('(width < 40rem)');
