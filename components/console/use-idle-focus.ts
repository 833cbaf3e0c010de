'use client';

import { useEffect, useRef } from 'react';

/**
 * Gives a console the focus when it gets ready and nothing else has it, so that what is typed reaches the guest and
 * not the page's shortcuts. On a touch screen it stays away: focus would raise the keyboard.
 */
export function useIdleFocus(isReady: boolean, focus: () => void): void {
  const latest = useRef(focus);
  useEffect(() => {
    latest.current = focus;
  });
  useEffect(() => {
    if (!isReady || matchMedia('(pointer: coarse)').matches) return;
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) latest.current();
  }, [isReady]);
}
