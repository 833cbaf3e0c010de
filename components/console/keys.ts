/**
 * Keys as VNC wants them: a keysym (what the key means, X11's keysymdef.h) and a code (where the key is, as in
 * KeyboardEvent.code). QEMU prefers the code, so guests see real keys whatever the browser's layout is.
 */

export interface Key {
  keysym: number;
  /** null when the place of the key is unknown: QEMU then finds a key for the keysym itself. */
  code: string | null;
}

const CTRL: Key = { keysym: 0xffe3, code: 'ControlLeft' };
const ALT: Key = { keysym: 0xffe9, code: 'AltLeft' };
const SHIFT: Key = { keysym: 0xffe1, code: 'ShiftLeft' };
const META: Key = { keysym: 0xffeb, code: 'MetaLeft' };

/** What can be held for a person, by the name on the key. */
export const MODIFIERS = { Ctrl: CTRL, Alt: ALT, Shift: SHIFT, Win: META } as const;

const functionKey = (n: number): Key => ({ keysym: 0xffbd + n, code: `F${n}` });
const letter = (l: string): Key => ({ keysym: l.charCodeAt(0), code: `Key${l.toUpperCase()}` });

/** Keys without a character, by KeyboardEvent.key: what a phone's keyboard sends as itself. */
export const NAMED_KEYS: Readonly<Record<string, Key>> = {
  Enter: { keysym: 0xff0d, code: 'Enter' },
  Backspace: { keysym: 0xff08, code: 'Backspace' },
  Tab: { keysym: 0xff09, code: 'Tab' },
  Escape: { keysym: 0xff1b, code: 'Escape' },
  Delete: { keysym: 0xffff, code: 'Delete' },
  Home: { keysym: 0xff50, code: 'Home' },
  End: { keysym: 0xff57, code: 'End' },
  PageUp: { keysym: 0xff55, code: 'PageUp' },
  PageDown: { keysym: 0xff56, code: 'PageDown' },
  ArrowLeft: { keysym: 0xff51, code: 'ArrowLeft' },
  ArrowUp: { keysym: 0xff52, code: 'ArrowUp' },
  ArrowRight: { keysym: 0xff53, code: 'ArrowRight' },
  ArrowDown: { keysym: 0xff54, code: 'ArrowDown' },
};

const DELETE: Key = { keysym: 0xffff, code: 'Delete' };
const TAB: Key = { keysym: 0xff09, code: 'Tab' };
const ESCAPE: Key = { keysym: 0xff1b, code: 'Escape' };

export interface Combination {
  label: string;
  /** Pressed in this order, released in the opposite one. */
  keys: readonly Key[];
}

/** What browsers and systems keep for themselves, in groups. */
export const COMBINATIONS: readonly (readonly Combination[])[] = [
  [
    { label: 'Ctrl+Alt+Del', keys: [CTRL, ALT, DELETE] },
    { label: 'Ctrl+Alt+Backspace', keys: [CTRL, ALT, { keysym: 0xff08, code: 'Backspace' }] },
  ],
  [
    { label: 'Alt+Tab', keys: [ALT, TAB] },
    { label: 'Alt+F4', keys: [ALT, functionKey(4)] },
    { label: 'Ctrl+Esc', keys: [CTRL, ESCAPE] },
    { label: 'Esc', keys: [ESCAPE] },
    { label: 'Tab', keys: [TAB] },
    { label: 'Print Screen', keys: [{ keysym: 0xff61, code: 'PrintScreen' }] },
  ],
  [
    { label: 'Win', keys: [META] },
    { label: 'Win+L', keys: [META, letter('l')] },
    { label: 'Win+R', keys: [META, letter('r')] },
  ],
  [
    { label: 'Ctrl+C', keys: [CTRL, letter('c')] },
    { label: 'Ctrl+V', keys: [CTRL, letter('v')] },
    { label: 'Ctrl+W', keys: [CTRL, letter('w')] },
  ],
  Array.from({ length: 12 }, (_, i) => ({ label: `Ctrl+Alt+F${i + 1}`, keys: [CTRL, ALT, functionKey(i + 1)] })),
];

/** One press or release. */
export interface Stroke extends Key {
  down: boolean;
}

/** Presses all keys in order, then releases them. */
export function strokesOf(keys: readonly Key[]): Stroke[] {
  const press = keys.map((key) => ({ ...key, down: true }));
  const release = keys.map((key) => ({ ...key, down: false })).reverse();
  return [...press, ...release];
}

/** Characters of a US keyboard that are not letters, by the code of their key: plain, and with Shift. */
const US_KEYS: readonly (readonly [code: string, plain: string, shifted: string])[] = [
  ['Backquote', '`', '~'],
  ['Digit1', '1', '!'],
  ['Digit2', '2', '@'],
  ['Digit3', '3', '#'],
  ['Digit4', '4', '$'],
  ['Digit5', '5', '%'],
  ['Digit6', '6', '^'],
  ['Digit7', '7', '&'],
  ['Digit8', '8', '*'],
  ['Digit9', '9', '('],
  ['Digit0', '0', ')'],
  ['Minus', '-', '_'],
  ['Equal', '=', '+'],
  ['BracketLeft', '[', '{'],
  ['BracketRight', ']', '}'],
  ['Backslash', '\\', '|'],
  ['Semicolon', ';', ':'],
  ['Quote', "'", '"'],
  ['Comma', ',', '<'],
  ['Period', '.', '>'],
  ['Slash', '/', '?'],
  ['Space', ' ', ' '],
];
const PLAIN: ReadonlyMap<string, string> = new Map(US_KEYS.map(([code, plain]) => [plain, code]));
const SHIFTED: ReadonlyMap<string, string> = new Map(US_KEYS.map(([code, , shifted]) => [shifted, code]));

/** X11's keysym of a character: Latin-1 is itself, the rest of Unicode lies above 0x1000000. */
function keysymOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x100 ? point : 0x1000000 + point;
}

/** The strokes that type one character, as on a US keyboard; characters that it does not have go by keysym. */
export function strokesOfCharacter(character: string): Stroke[] {
  if (character === '\n') return strokesOf([NAMED_KEYS.Enter ?? { keysym: 0xff0d, code: null }]);
  const keysym = keysymOf(character);
  const plain = /^[a-z]$/.test(character) ? `Key${character.toUpperCase()}` : PLAIN.get(character);
  if (plain) return strokesOf([{ keysym, code: plain }]);
  const shifted = /^[A-Z]$/.test(character) ? `Key${character}` : SHIFTED.get(character);
  if (shifted) return strokesOf([SHIFT, { keysym, code: shifted }]);
  return strokesOf([{ keysym, code: null }]);
}

/**
 * What was done to a text field between two readings, as deletions at the end and characters after them. Phones
 * replace whole words (composition, correction, swiping), so single key events cannot be trusted there.
 */
export function typedBetween(before: string, after: string): { backspaces: number; text: string } {
  const old = [...before];
  const now = [...after];
  let same = 0;
  while (same < old.length && same < now.length && old[same] === now[same]) same++;
  return { backspaces: old.length - same, text: now.slice(same).join('') };
}
