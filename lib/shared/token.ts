/** Keys for scripts: `Authorization: Bearer skep_…`. */
import { z } from 'zod';

/** What each token begins with, so that a leaked one can be recognised for what it is. */
export const TOKEN_PREFIX = 'skep_';
export const MAX_TOKENS = 100;
/** What a form offers, in days; null never expires. */
export const TOKEN_LIFETIMES = [7, 30, 90, 365, null] as const;

export const tokenName = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u,
    'A name has 1 to 60 letters, digits, spaces, dots, dashes or underscores, and starts with a letter or digit.',
  );

export const tokenId = z.uuid('That is no id of a token.');

export const tokenCreate = z.strictObject({
  name: tokenName,
  expiresInDays: z
    .int('Days are a whole number.')
    .min(1, 'At least 1 day.')
    .max(3650, 'At most 3650 days.')
    .nullable()
    .default(90)
    .describe('null: it never expires.'),
});
export type TokenCreate = z.infer<typeof tokenCreate>;

/** A token as the list shows it. The token itself is shown once, when it is made. Times are ISO 8601. */
export interface TokenView {
  id: string;
  name: string;
  /** Its first characters, to tell it from others. */
  hint: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  isExpired: boolean;
}

/** A token that was just made. */
export interface NewToken extends TokenView {
  token: string;
}
