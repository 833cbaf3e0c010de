'use client';
import { useSyncExternalStore } from 'react';
import { formatDuration, formatRelativeTime } from '@/lib/shared/units';
import { Hint } from './Tooltip';

const TICK_MS = 1000;

/** Calls back each second. One timer per user of the hook is cheap; hidden tabs are throttled by the browser. */
function subscribe(onTick: () => void): () => void {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}

/** The time now in whole seconds (as ms), or null on the server and in the first render of the browser. */
export function useNow(): number | null {
  return useSyncExternalStore<number | null>(
    subscribe,
    () => Math.floor(Date.now() / TICK_MS) * TICK_MS,
    () => null,
  );
}

/** "3 minutes ago", with the exact time on hover and focus. */
export function Time({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  if (now === null) return <time dateTime={at} className={className} />;
  return (
    <Hint text={new Date(at).toLocaleString()} className={className}>
      <time dateTime={at}>{formatRelativeTime(Date.parse(at), now)}</time>
    </Hint>
  );
}

/** How long ago something began: "2 h 5 min". Ticks. */
export function Since({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  return <span className={className}>{now === null ? '' : formatDuration(Math.max(0, now - Date.parse(at)))}</span>;
}
