import { describe, expect, it } from 'vitest';
import { keyMacroSave, keysOfCombination, stepsLine } from './key-macro';

describe('keysOfCombination', () => {
  it.each([
    ['Ctrl+Alt+F2', ['ctrl', 'alt', 'f2']],
    ['win + r', ['meta_l', 'r']],
    ['Enter', ['ret']],
    ['7', ['7']],
  ])('understands %s', (text, keys) => expect(keysOfCombination(text)).toEqual(keys));

  it.each(['', 'Ctrl+', 'Ctrl+Hyper', 'F13', 'ab', 'a+b+c+d+e+f', 'constructor'])('knows no %s', (text) =>
    expect(keysOfCombination(text)).toBeNull(),
  );
});

it('a macro says what is wrong with a step', () => {
  const result = keyMacroSave.safeParse({ name: ' x ', steps: [{ kind: 'keys', keys: 'Ctrl+Foo' }] });
  expect(result.error?.issues[0]).toMatchObject({
    path: ['steps', 0, 'keys'],
    message: 'Write keys as in Ctrl+Alt+F2, Enter or Win+R.',
  });
});

it('steps are shown in one line', () => {
  const steps = [
    { kind: 'keys' as const, keys: 'Ctrl+Alt+F2' },
    { kind: 'pause' as const, milliseconds: 500 },
    { kind: 'text' as const, text: 'root' },
  ];
  expect(stepsLine(steps)).toBe('Ctrl+Alt+F2 · 500 ms · “root”');
});
