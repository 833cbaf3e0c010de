'use client';
import { useCallback, useSyncExternalStore } from 'react';
import { parseTheme, rememberLook, THEME_COOKIE, type Theme } from './theme';

const CHANGED = 'skep:theme';

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  return () => window.removeEventListener(CHANGED, listener);
}

/**
 * The look of the page, and how to change it; remembered in this browser.
 *
 * @param initial the look that the server drew the page in
 */
export function useTheme(initial: Theme): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(
    subscribe,
    () => parseTheme(document.documentElement.dataset.theme),
    () => initial,
  );
  const choose = useCallback((next: Theme) => {
    document.documentElement.dataset.theme = next;
    rememberLook(THEME_COOKIE, next);
    window.dispatchEvent(new Event(CHANGED));
  }, []);
  return [theme, choose];
}
