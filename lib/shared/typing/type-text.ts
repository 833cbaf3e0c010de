/** What is asked for when a text is to be typed into a guest. */
import { z } from 'zod';
import { keyboardLayout } from './layouts';

export const MAX_TYPED_CHARACTERS = 10_000;
export const DEFAULT_KEYS_PER_SECOND = 30;
export const MAX_KEYS_PER_SECOND = 200;

export const keysPerSecond = z.number().int().min(1).max(MAX_KEYS_PER_SECOND);

export const typeText = z.object({
  text: z.string().min(1).max(MAX_TYPED_CHARACTERS),
  /** The layout that the guest has set: a keyboard sends keys, and the guest makes characters of them. */
  layout: keyboardLayout.default('us'),
  keysPerSecond: keysPerSecond.default(DEFAULT_KEYS_PER_SECOND),
});
export type TypeText = z.input<typeof typeText>;
