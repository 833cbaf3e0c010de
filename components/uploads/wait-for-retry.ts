import { onWake } from '../live/wake';

const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/**
 * Waits before another try: 0.25 s, then longer each time up to 10 s, a little at random. Ends early when the network
 * is back or the tab is looked at again.
 */
export function waitForRetry(attempt: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const waitMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * (0.75 + Math.random() / 4);
    const done = () => {
      clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, waitMs);
    const unsubscribe = onWake(done);
    signal.addEventListener('abort', done);
  });
}
