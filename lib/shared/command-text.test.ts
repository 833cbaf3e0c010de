import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCommand, quoteArgument } from './command-text';

describe('formatCommand', () => {
  it('puts one option on a line, with its values', () => {
    expect(formatCommand(['qemu-img', 'create', '-f', 'qcow2', '--', 'a b.qcow2', '10G'])).toBe(
      "qemu-img create \\\n  -f qcow2 \\\n  -- 'a b.qcow2' 10G",
    );
  });

  it('quotes JSON and apostrophes', () => {
    expect(formatCommand(['x', '{"a":1}', "it's", ''])).toBe(`x '{"a":1}' 'it'\\''s' ''`);
  });
});

describe('quoteArgument', () => {
  it('comes back unchanged from a real shell', () => {
    const word = fc.string({ unit: 'grapheme-ascii' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
        const script = `printf '%s\\0' ${words.map(quoteArgument).join(' ')}`;
        const printed = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
        expect(printed.split('\0').slice(0, -1)).toEqual(words);
      }),
      { numRuns: 25 },
    );
  });
});
