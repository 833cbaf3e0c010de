import { describe, expect, it } from 'vitest';
import { keystrokes, typingMap } from './keystrokes';
import { KEY_ROWS, keyboardLayout, LAYOUTS } from './layouts';

const text = (layout: Parameters<typeof keystrokes>[1], input: string) =>
  keystrokes(input, layout).presses.map(({ key, held }) => [...held, key].join('+'));

describe('keystrokes', () => {
  it('holds Shift and AltGr where the layout wants them', () => {
    expect(text('us', 'aA|')).toEqual(['a', 'shift+a', 'shift+backslash']);
    expect(text('de', 'zZ@|')).toEqual(['y', 'shift+y', 'alt_r+q', 'alt_r+less']);
    expect(text('fr', 'a1.^')).toEqual(['q', 'shift+1', 'shift+comma', 'alt_r+9']);
    expect(text('it', '{')).toEqual(['shift+alt_r+bracket_left']);
    expect(text('ru', 'яЁ₽')).toEqual(['z', 'shift+grave_accent', 'alt_r+8']);
    expect(text('br', '/?')).toEqual(['ro', 'shift+ro']);
  });

  it('types accents with dead keys, whichever way they are written', () => {
    expect(text('de', 'ê')).toEqual(['grave_accent', 'e']);
    expect(text('de', 'e\u0302')).toEqual(['grave_accent', 'e']);
    expect(text('es', 'ü')).toEqual(['shift+apostrophe', 'u']);
    expect(text('br', '~^`')).toEqual([
      ...['apostrophe', 'spc'],
      ...['shift+apostrophe', 'spc'],
      ...['shift+bracket_left', 'spc'],
    ]);
  });

  it('prefers a key of its own to a dead one', () => expect(text('fr', 'é')).toEqual(['2']));

  it('takes every line end for Enter', () => expect(text('us', '\r\n\n\r\t')).toEqual(['ret', 'ret', 'ret', 'tab']));

  it('names what cannot be typed, once each', () => {
    expect(keystrokes('aßßж👍', 'us')).toEqual({ presses: [{ key: 'a', held: [] }], missing: ['ß', 'ж', '👍'] });
    expect(keystrokes('a', 'ru').missing).toEqual(['a']);
  });
});

describe.each(keyboardLayout.options)('layout %s', (layout) => {
  it('has no row longer than its keys', () => {
    const { plain, shift, altGr = [], shiftAltGr = [] } = LAYOUTS[layout];
    for (const level of [plain, shift, altGr, shiftAltGr])
      level.forEach((row, r) => expect([...row].length).toBeLessThanOrEqual(KEY_ROWS[r]?.length ?? 0));
  });

  it('types what a command line needs', () => {
    const latin = layout === 'ru' ? '' : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ#$&'<>@[]^`{|}~";
    const missing = [...`0123456789 !"%()*+,-./:;=?\\_${latin}`].filter((c) => !typingMap(layout).has(c));
    expect(missing).toEqual([]);
  });
});
