/**
 * A macro of a user: key combinations, texts and pauses, done one after the other at a guest's keyboard.
 *
 *   "Log in on tty2" = Ctrl+Alt+F2 · pause 500 ms · “root” · Enter
 */
import { z } from 'zod';
import { keyboardLayout } from './typing/layouts';

export const MAX_MACROS = 100;
export const MAX_MACRO_STEPS = 30;

/** Names of keys as people write them, in small letters, with QEMU's (QKeyCode). Letters and digits are themselves. */
const KEY_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ ctrl: 'ctrl', alt: 'alt', altgr: 'alt_r', shift: 'shift', win: 'meta_l', super: 'meta_l', menu: 'menu' },
    ...{ esc: 'esc', escape: 'esc', tab: 'tab', enter: 'ret', space: 'spc', backspace: 'backspace' },
    ...{ del: 'delete', delete: 'delete', ins: 'insert', insert: 'insert', home: 'home', end: 'end' },
    ...{ pgup: 'pgup', pageup: 'pgup', pgdn: 'pgdn', pagedown: 'pgdn' },
    ...{ up: 'up', down: 'down', left: 'left', right: 'right' },
    ...{ print: 'print', sysrq: 'sysrq', pause: 'pause', capslock: 'caps_lock', scrolllock: 'scroll_lock' },
    ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`f${i + 1}`, `f${i + 1}`])),
  }),
);

const MAX_KEYS = 5;

/** The keys of a combination such as `Ctrl+Alt+F2`, by QEMU's names; null when one of them is no key. */
export function keysOfCombination(combination: string): string[] | null {
  const keys = combination.split('+').map((part) => {
    const name = part.trim().toLowerCase();
    return KEY_NAMES.get(name) ?? (/^[a-z0-9]$/.test(name) ? name : null);
  });
  const known = keys.filter((key) => key !== null);
  return known.length === keys.length && keys.length <= MAX_KEYS ? known : null;
}

export const keyMacroStep = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('keys'),
    keys: z
      .string()
      .max(100)
      .refine((keys) => keysOfCombination(keys) !== null, 'Write keys as in Ctrl+Alt+F2, Enter or Win+R.'),
  }),
  z.strictObject({
    kind: z.literal('text'),
    text: z.string().min(1, 'Write the text to type.').max(500, 'A text has at most 500 characters.'),
  }),
  z.strictObject({
    kind: z.literal('pause'),
    milliseconds: z
      .int('Give the pause in whole ms.')
      .min(10, 'Pauses are 10 ms or longer.')
      .max(10_000, 'Pauses are 10 s or shorter.'),
  }),
]);
export type KeyMacroStep = z.infer<typeof keyMacroStep>;

export const keyMacroSteps = z
  .array(keyMacroStep)
  .min(1, 'A macro needs a step.')
  .max(MAX_MACRO_STEPS, `A macro has at most ${MAX_MACRO_STEPS} steps.`);

export const keyMacroId = z.uuid('That is no id of a macro.');

export const keyMacroSave = z.strictObject({
  /** The macro to change; left out: a new one. */
  id: keyMacroId.optional(),
  name: z.string().trim().min(1, 'Give the macro a name.').max(60, 'A name has at most 60 characters.'),
  steps: keyMacroSteps,
});
export type KeyMacroSave = z.infer<typeof keyMacroSave>;

/** How a macro is run: with the layout that the guest has set, for its texts. */
export const keyMacroRun = z.strictObject({ layout: keyboardLayout.default('us') });
export type KeyMacroRun = z.input<typeof keyMacroRun>;

export interface KeyMacroView {
  id: string;
  name: string;
  steps: KeyMacroStep[];
}

/** A macro's steps in one line. */
export function stepsLine(steps: readonly KeyMacroStep[]): string {
  return steps
    .map((step) => {
      if (step.kind === 'keys') return step.keys;
      return step.kind === 'text' ? `“${step.text}”` : `${step.milliseconds} ms`;
    })
    .join(' · ');
}
