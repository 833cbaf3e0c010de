'use client';

import { useEffect, useRef, type RefObject } from 'react';
import { onLeaveKeys } from './leave-keys';

/**
 * Ctrl+Alt in a console that takes every key moves the focus to its toolbar.
 *
 * @returns the toolbar's ref
 */
export function useLeaveKeys(place: RefObject<HTMLElement | null>, isShown: boolean): RefObject<HTMLDivElement | null> {
  const toolbar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isShown || !place.current) return;
    return onLeaveKeys(place.current, () => toolbar.current?.querySelector<HTMLElement>('button, a')?.focus());
  }, [place, isShown]);
  return toolbar;
}
