import { describe, expect, it } from 'vitest';
import { columns, createScreen, visible } from './screen';

describe('visible', () => {
  it.each([
    ['plain – ünïcode', 'plain – ünïcode'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['a\u009b2Jb', 'a\\u009b2Jb'],
    ['a\rb', 'a\\u000db'],
    ['user\u202etxt.exe', 'user\\u202etxt.exe'],
    ['a\tb\nc', 'a b\nc'],
  ])('%j', (text, shown) => expect(visible(text)).toBe(shown));
});

describe('columns', () => {
  it('stand below each other, and the last one is not filled up', () => {
    expect(
      columns([
        ['NAME', 'STATUS'],
        ['a', 'running'],
        ['long-name', ''],
      ]),
    ).toEqual(['NAME       STATUS', 'a          running', 'long-name']);
  });

  it('keep a name with a line break in one row', () => expect(columns([['a\nb', 'c']])).toEqual(['a b  c']));
});

describe('the screen', () => {
  const open = (json: boolean) => {
    const out: string[] = [];
    const err: string[] = [];
    return {
      out,
      err,
      screen: createScreen(
        (text) => out.push(String(text)),
        (text) => err.push(text),
        json,
      ),
    };
  };

  it('notes are for people only', () => {
    const [people, script] = [open(false), open(true)];
    for (const { screen } of [people, script]) screen.note('Done.');
    expect([people.err, people.out, script.err]).toEqual([['Done.\n'], [], []]);
  });

  it('prints names and values in columns', () => {
    const { screen, out } = open(false);
    screen.facts([
      ['Name', 'web'],
      ['Status', 'evil\u0007'],
    ]);
    expect(out.join('')).toBe('Name:    web\nStatus:  evil\\u0007\n');
  });
});
