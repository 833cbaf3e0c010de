/**
 * Text as key presses on a keyboard of some layout.
 *
 *   "ñ€"  ──NFC──▶  character ──▶ [dead tilde] [n]   [AltGr+e]      or: this layout cannot type it
 */
import { KEY_ROWS, LAYOUTS, type KeyboardLayout } from './layouts';

/** One key that is pressed and released while others are held. All are names of QEMU's (QKeyCode). */
export interface KeyPress {
  key: string;
  held: readonly string[];
}

const SHIFT = 'shift';
const ALT_GR = 'alt_r';

/** The sign of a dead key in the tables → the accent it gives, and the character it gives to a space. */
const DEAD_KEYS: Readonly<Record<string, { accent: string; alone: string | null }>> = {
  ˋ: { accent: '\u0300', alone: '`' },
  ˊ: { accent: '\u0301', alone: null }, // a space makes ' on Linux and ´ on Windows
  ˆ: { accent: '\u0302', alone: '^' },
  '˜': { accent: '\u0303', alone: '~' },
  '¨': { accent: '\u0308', alone: null },
};

/** Every guest's console knows the accented letters of Latin-1; what lies beyond differs. */
const LAST_ACCENTED = 0xff;

export type TypingMap = ReadonlyMap<string, readonly KeyPress[]>;

/** Every character that a layout can type, with its key presses. */
export function typingMap(layout: KeyboardLayout): TypingMap {
  const map = new Map<string, readonly KeyPress[]>([
    [' ', [{ key: 'spc', held: [] }]],
    ['\n', [{ key: 'ret', held: [] }]],
    ['\t', [{ key: 'tab', held: [] }]],
  ]);
  const dead = new Map<string, KeyPress>();
  for (const { character, press } of keysOf(layout)) {
    const into = character in DEAD_KEYS ? dead : map;
    if (into === dead) dead.set(character, dead.get(character) ?? press);
    else if (!map.has(character)) map.set(character, [press]);
  }
  addAccented(map, dead);
  return map;
}

/** All keys with their characters, those with fewer modifiers first. */
function* keysOf(layout: KeyboardLayout): Generator<{ character: string; press: KeyPress }> {
  const { plain, shift, altGr = [], shiftAltGr = [] } = LAYOUTS[layout];
  const levels: [readonly string[], string[]][] = [
    [plain, []],
    [shift, [SHIFT]],
    [altGr, [ALT_GR]],
    [shiftAltGr, [SHIFT, ALT_GR]],
  ];
  for (const [rows, held] of levels)
    for (const [r, row] of rows.entries())
      for (const [at, character] of [...row].entries()) {
        const key = KEY_ROWS[r]?.[at];
        if (key !== undefined && character !== ' ') yield { character, press: { key, held } };
      }
}

function addAccented(map: Map<string, readonly KeyPress[]>, dead: ReadonlyMap<string, KeyPress>): void {
  const letters = [...map].filter(([character]) => /^[A-Za-z]$/.test(character));
  for (const [sign, press] of dead) {
    const { accent, alone } = DEAD_KEYS[sign] ?? { accent: '', alone: null };
    for (const [letter, presses] of letters) {
      const accented = (letter + accent).normalize('NFC');
      const isKnown = accented.length === 1 && accented.charCodeAt(0) <= LAST_ACCENTED;
      if (isKnown && !map.has(accented)) map.set(accented, [press, ...presses]);
    }
    if (alone !== null && !map.has(alone)) map.set(alone, [press, { key: 'spc', held: [] }]);
  }
}

/** A text as guests get it: one character per letter, one kind of line end. */
export function typedCharacters(text: string): string[] {
  return [...text.replace(/\r\n?/g, '\n').normalize('NFC')];
}

/**
 * The key presses that type a text.
 *
 * @returns `missing` names each character once that the layout cannot type; they have no presses
 */
export function keystrokes(text: string, layout: KeyboardLayout): { presses: KeyPress[]; missing: string[] } {
  const map = typingMap(layout);
  const missing = new Set<string>();
  const presses: KeyPress[] = [];
  for (const character of typedCharacters(text)) {
    const found = map.get(character);
    if (found) presses.push(...found);
    else missing.add(character);
  }
  return { presses, missing: [...missing] };
}
