import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMBINATIONS, strokesOf, strokesOfCharacter, typedBetween } from './keys';

const readable = (strokes: ReturnType<typeof strokesOf>) =>
  strokes.map((s) => `${s.down ? '+' : '-'}${s.code}`).join(' ');

describe('combinations', () => {
  it('press in order and release backwards', () => {
    const all = COMBINATIONS.flat();
    const keys = (label: string) => readable(strokesOf(all.find((c) => c.label === label)?.keys ?? []));
    expect(keys('Ctrl+Alt+Del')).toBe('+ControlLeft +AltLeft +Delete -Delete -AltLeft -ControlLeft');
    expect(keys('Ctrl+Alt+F12')).toBe('+ControlLeft +AltLeft +F12 -F12 -AltLeft -ControlLeft');
    expect(new Set(all.map((c) => c.label)).size).toBe(all.length);
  });

  it('have the keysyms of F1 and F12', () => {
    const keysym = (label: string) =>
      COMBINATIONS.flat()
        .find((c) => c.label === label)
        ?.keys.at(-1)?.keysym;
    expect([keysym('Ctrl+Alt+F1'), keysym('Ctrl+Alt+F12')]).toEqual([0xffbe, 0xffc9]);
  });
});

describe('strokesOfCharacter', () => {
  it.each([
    ['a', '+KeyA -KeyA'],
    ['A', '+ShiftLeft +KeyA -KeyA -ShiftLeft'],
    ['7', '+Digit7 -Digit7'],
    ['&', '+ShiftLeft +Digit7 -Digit7 -ShiftLeft'],
    [' ', '+Space -Space'],
    ['\n', '+Enter -Enter'],
    ['ñ', '+null -null'],
  ])('types %j', (character, strokes) => {
    expect(readable(strokesOfCharacter(character))).toBe(strokes);
  });

  it('knows every printable ASCII character by its key', () => {
    for (let code = 32; code < 127; code++) {
      expect(strokesOfCharacter(String.fromCharCode(code)).every((stroke) => stroke.code !== null)).toBe(true);
    }
  });

  it('gives other characters their Unicode keysym', () => {
    expect(strokesOfCharacter('ñ')[0]?.keysym).toBe(0xf1);
    expect(strokesOfCharacter('€')[0]?.keysym).toBe(0x10020ac);
  });
});

describe('typedBetween', () => {
  it.each([
    ['', 'a', 0, 'a'],
    ['hel', 'help', 0, 'p'],
    ['teh', 'the ', 2, 'he '],
    ['word', '', 4, ''],
    ['same', 'same', 0, ''],
    ['a😀', 'a', 1, ''],
  ])('sees how %j became %j', (before, after, backspaces, text) => {
    expect(typedBetween(before, after)).toEqual({ backspaces, text });
  });

  it('always leads from one text to the other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (before, after) => {
        const { backspaces, text } = typedBetween(before, after);
        const characters = [...before];
        expect(characters.slice(0, characters.length - backspaces).join('') + text).toBe(after);
      }),
    );
  });
});
