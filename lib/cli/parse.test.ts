import { describe, expect, it } from 'vitest';
import { CliError } from './exit';
import { nearest } from './nearest';
import { parseCommandLine } from './parse';
import { parseNumber, parseSize } from './sizes';
import type { Verb } from './verb';
import { VERBS } from './verbs';

const read = (...argv: string[]) => parseCommandLine(VERBS, argv);

/** The sentence and the hint of a refusal. */
function refusal(...argv: string[]): [number, string, string | null] {
  try {
    read(...argv);
  } catch (error) {
    if (error instanceof CliError) return [error.exitCode, error.message, error.hint];
    throw error;
  }
  throw new Error('It was taken.');
}

describe('a command line', () => {
  it('is a verb, its arguments and its options, wherever they stand', () => {
    const { verb, given } = read(
      '--json',
      '--host',
      'http://127.0.0.1:1',
      'create',
      '--memory',
      '2G',
      'web',
      '--tag=a',
      '--tag',
      'b',
    );
    expect(verb.name).toBe('create');
    expect(given.argument('NAME')).toBe('web');
    expect([given.text('memory'), given.texts('tag'), given.has('json')]).toEqual(['2G', ['a', 'b'], true]);
    expect(given.text('host')).toBe('http://127.0.0.1:1');
  });

  it('gives the last argument all that is left', () => {
    expect(read('start', 'a', 'b', 'c').given.rest('VM')).toEqual(['a', 'b', 'c']);
    expect(read('events').given.optional('VM')).toBeUndefined();
  });

  it('may ask for help without the arguments', () => {
    expect(read('start', '--help').given.has('help')).toBe(true);
  });

  it.each([
    [[], [2, 'Say what to do: skep VERB.', 'skep help lists the verbs.']],
    [
      ['strat', 'a'],
      [2, 'There is no verb “strat”.', 'Did you mean skep start?'],
    ],
    [['frobnicate'], [2, 'There is no verb “frobnicate”.', 'skep help lists the verbs.']],
    [['start'], [2, 'VM is missing: skep start VM…', null]],
    [
      ['show', 'a', 'b'],
      [2, '“b” is too much: skep show VM', null],
    ],
    [
      ['ls', '--stauts', 'x'],
      [2, 'skep ls has no option --stauts.', 'Did you mean --status?'],
    ],
    [
      ['ls', '--status'],
      [2, "Option '--status <value>' argument missing.", 'skep ls --help shows how.'],
    ],
  ])('%j is refused', (argv, expected) => expect(refusal(...argv)).toEqual(expected));
});

describe('the table of verbs', () => {
  it('names each verb once, and gives each an example of its own', () => {
    expect(new Set(VERBS.map(({ name }) => name)).size).toBe(VERBS.length);
    for (const { name, example } of VERBS) expect(example).toContain(`skep ${name}`);
  });

  it('has examples that are read', () => {
    const plain = VERBS.filter(({ example }) => example.startsWith('skep ') && !example.includes('&&'));
    expect(plain.length).toBeGreaterThan(20);
    for (const { name, example } of plain) expect(read(...example.split(' ').slice(1)).verb.name).toBe(name);
  });

  it('has at most one argument that takes all, at the end, and none that must be given after one that may', () => {
    const wrong = VERBS.filter(({ arguments: list }: Verb) =>
      list.some(
        ({ many, optional }, i) => (many && i < list.length - 1) || (optional && list[i + 1]?.optional === false),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

describe('sizes', () => {
  it.each([
    ['20G', 20 * 1024 ** 3],
    ['512MiB', 512 * 1024 ** 2],
    ['1.5t', 1.5 * 1024 ** 4],
    ['4096', 4096],
  ])('%s', (text, bytes) => expect(parseSize(text, 'disk')).toBe(bytes));

  it('takes a bare number in the unit of its option', () => expect(parseSize('2', 'memory', 'G')).toBe(2 * 1024 ** 3));

  it.each(['', 'G', '-1G', '1 000', '0x10', '1e9', '20GB!'])('%j is refused', (text) =>
    expect(() => parseSize(text, 'disk')).toThrow('--disk takes a size'),
  );

  it('refuses what is no number', () =>
    expect(() => parseNumber('two', 'cpus')).toThrow('--cpus takes a whole number'));
});

describe('nearest', () => {
  it.each([
    ['strat', 'start'],
    ['shutdwon', 'shutdown'],
    ['LS', 'ls'],
    ['xyz', null],
    ['', null],
  ])('%s is %s', (word, meant) => expect(nearest(word, ['start', 'shutdown', 'ls', 'show'])).toBe(meant));
});
