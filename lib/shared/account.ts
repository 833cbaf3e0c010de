/** What a person types to sign in, and the rules for it. */
import { z } from 'zod';

export const MIN_PASSWORD_LENGTH = 10;
export const MAX_PASSWORD_LENGTH = 128;

export const userName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/,
    'A name has 1 to 32 letters, digits, dots, dashes or underscores, and starts with a letter or digit.',
  );

export const newPassword = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `A password needs at least ${MIN_PASSWORD_LENGTH} characters.`)
  .max(MAX_PASSWORD_LENGTH, `A password can have at most ${MAX_PASSWORD_LENGTH} characters.`);

/** POST /api/auth/sign-in/username. Any text: what is wrong with it is not said. */
export const signInInput = z.strictObject({ username: z.string().max(200), password: z.string().max(1000) });

/** POST /api/auth/setup: makes the first administrator. */
export const setupInput = z.strictObject({ token: z.string().max(200), name: userName, password: newPassword });

/** POST /api/auth/link: signs the administrator in. */
export const linkInput = z.strictObject({ token: z.string().max(200) });

/** POST /api/auth/change-password: all other sessions of the user end. */
export const changePasswordInput = z.strictObject({ currentPassword: z.string().max(1000), newPassword });
