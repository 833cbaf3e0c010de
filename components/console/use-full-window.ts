'use client';

import { useCallback, useEffect, useState } from 'react';

/** Keyboard Lock: in fullscreen, keys such as Esc, Alt+Tab and the Win key reach the page. Not in every browser. */
interface LockableKeyboard {
  lock?: () => Promise<void>;
  unlock?: () => void;
}
const keyboard = (): LockableKeyboard => (navigator as { keyboard?: LockableKeyboard }).keyboard ?? {};

/**
 * Fullscreen for a console. The whole document goes fullscreen (menus and dialogs stay reachable) and the console
 * lays itself over it; where there is no fullscreen, as on an iPhone, it still gets the whole window.
 */
export function useFullWindow(): { isFull: boolean; toggle: () => void } {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const onChange = () => {
      const isFullscreen = document.fullscreenElement !== null;
      setFull(isFullscreen);
      if (isFullscreen)
        keyboard()
          .lock?.()
          .catch(() => {});
      else keyboard().unlock?.();
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, []);
  const toggle = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (document.fullscreenEnabled) document.documentElement.requestFullscreen().catch(() => setFull(true));
    else setFull((full) => !full);
  }, []);
  return { isFull, toggle };
}
