/** Slows down who tries tokens that are none (T-48). A good token is not held up by bad ones from its address. */
import { addressKey } from '../../core/sign-in-throttle';
import { AppError } from '../../shared/errors';

const WINDOW_MS = 60_000;
const TRIES_IN_WINDOW = 20;
/** More addresses than this are forgotten, oldest first. */
const MAX_ADDRESSES = 10_000;

export interface BadTokens {
  /** Counts a bad one. @throws AppError `too_many_requests` when there were too many within a minute */
  count(address: string): void;
}

/** @param now monotonic time in ms */
export function createBadTokens(now: () => number = () => performance.now()): BadTokens {
  const windows = new Map<string, { since: number; tries: number }>();
  return {
    count(address) {
      const key = addressKey(address);
      const old = windows.get(key);
      const window = old && now() - old.since < WINDOW_MS ? old : { since: now(), tries: 0 };
      window.tries++;
      windows.delete(key);
      windows.set(key, window);
      const [oldest] = windows.keys();
      if (windows.size > MAX_ADDRESSES && oldest !== undefined) windows.delete(oldest);
      if (window.tries <= TRIES_IN_WINDOW) return;
      const seconds = Math.ceil((window.since + WINDOW_MS - now()) / 1000);
      throw new AppError(
        'too_many_requests',
        `Too many tokens that are none. Wait ${seconds} s, then try a good one.`,
        {
          details: String(seconds),
        },
      );
    },
  };
}
