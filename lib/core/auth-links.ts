/**
 * One-time links (T-52): whoever reads the terminal or may open the unix socket is the owner of this host.
 * One link is valid at a time; only a hash of it is kept, in memory.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { SignInLink } from './types';

export const SIGN_IN_LINK_LIFETIME_MS = 15 * 60 * 1000;

export interface Links {
  /** Makes a link; the last one is void from then on. */
  issue(kind: SignInLink['kind']): SignInLink;
  /** What the link is good for, or null when it is unknown, used or expired. */
  check(token: string): SignInLink['kind'] | null;
  /**
   * Uses the link up.
   *
   * @returns a function that gives it back, for when what it was used for failed; null when it was not valid
   */
  use(token: string, kind: SignInLink['kind']): (() => void) | null;
}

interface Kept {
  kind: SignInLink['kind'];
  hash: Buffer;
  /** Monotonic; Infinity: until it is used or Skep stops. */
  expiresAt: number;
}

/** @param now monotonic time in ms */
export function createLinks(now: () => number = () => performance.now()): Links {
  let current: Kept | null = null;

  const find = (token: string): Kept | null => {
    if (!current || current.expiresAt <= now()) return null;
    return timingSafeEqual(hashOf(token), current.hash) ? current : null;
  };

  return {
    issue(kind) {
      const token = randomBytes(24).toString('base64url');
      const lifetimeMs = kind === 'setup' ? Infinity : SIGN_IN_LINK_LIFETIME_MS;
      current = { kind, hash: hashOf(token), expiresAt: now() + lifetimeMs };
      return { kind, token, expiresAt: kind === 'setup' ? null : new Date(Date.now() + lifetimeMs) };
    },
    check: (token) => find(token)?.kind ?? null,
    use(token, kind) {
      const used = find(token);
      if (used?.kind !== kind) return null;
      current = null;
      return () => void (current ??= used);
    },
  };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
