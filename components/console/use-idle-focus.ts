'use client';

import { useEffect } from 'react';

/**
 * Gives a console the focus when it is ready and nothing else has it, so that what is typed reaches the guest and
 * not the page's shortcuts. On a touch screen it stays away: focus would raise the keyboard.
 */
export function useIdleFocus(isReady: boolean, focus: () => void): void {
  useEffect(() => {
    if (!isReady || matchMedia('(pointer: coarse)').matches) return;
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) focus();
    // The wish to focus is looked at when the console gets ready, and at no other time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isReady]);
}
