'use client';
/** Notices of the desktop: wished in this browser, and allowed by it. */
import { useCallback, useState } from 'react';
import { useStored } from '../ui/use-stored';

const isWish = (stored: unknown): boolean => stored === true;

/** Why the browser shows none, or null when it does. */
function refusal(): string | null {
  if (typeof Notification === 'undefined')
    return 'This browser shows notices only on pages opened by https, or on localhost.';
  if (Notification.permission === 'denied')
    return 'This browser refuses notices of Skep. Allow them in its settings for this page.';
  return null;
}

export interface DesktopNotices {
  /** Wished, and allowed by the browser. */
  isOn: boolean;
  /** Why they cannot be had, or null. */
  reason: string | null;
  /** False until the browser's memory was read. */
  isKnown: boolean;
  /** Turns them on, which asks the browser's user first, or off. */
  set: (on: boolean) => Promise<void>;
}

/** Whether finished tasks are told by the desktop. */
export function useDesktopNotices(): DesktopNotices {
  const [isWished, store, isKnown] = useStored('skep-desktop-notices', isWish);
  // The browser does not tell when the permission changed: asking draws anew.
  const [, setAsked] = useState(0);
  const set = useCallback(
    async (on: boolean) => {
      const isAllowed = on && !refusal() && (await Notification.requestPermission()) === 'granted';
      store(isAllowed);
      setAsked((n) => n + 1);
    },
    [store],
  );
  const reason = isKnown ? refusal() : null;
  const isOn = isKnown && isWished && !reason && Notification.permission === 'granted';
  return { isOn, reason, isKnown, set };
}

/** Shows one, if the page cannot be seen; pressing it brings the page to the front. */
export function showDesktopNotice(title: string, text: string, onPress: () => void): void {
  if (document.visibilityState === 'visible') return;
  try {
    const notice = new Notification(title, { body: text });
    notice.onclick = () => {
      window.focus();
      onPress();
      notice.close();
    };
  } catch {
    // Some phones have the word but not the thing: the notice in the page is there anyway.
  }
}
