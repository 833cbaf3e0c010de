import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from './fuzzy';

/** The text with what matched in brackets, or null. */
function shown(text: string, typed: string): string | null {
  const match = fuzzyMatch(text, typed);
  if (!match) return null;
  return match.ranges.reduceRight((t, [a, b]) => `${t.slice(0, a)}[${t.slice(a, b)}]${t.slice(b)}`, text);
}

describe('fuzzyMatch', () => {
  it.each([
    ['Start web-1', 'sta', '[Sta]rt web-1'],
    ['Start web-1', 'web start', '[Start] [web]-1'],
    ['restart web-1', 'art', 'rest[art] web-1'],
    ['web-1 Display', 'dsp', 'web-1 [D]i[sp]lay'],
    ['a-ab', 'ab', 'a-[ab]'],
    ['anything', '', 'anything'],
  ])('in %j by %j', (text, typed, result) => expect(shown(text, typed)).toBe(result));

  it.each([
    ['Start web-1', 'start db'],
    ['Display', 'yal'],
    ['restart', 'srt'],
  ])('nothing in %j by %j', (text, typed) => expect(shown(text, typed)).toBeNull());

  it('prefers beginnings', () => {
    const score = (text: string) => fuzzyMatch(text, 'web')?.score ?? -Infinity;
    expect(score('web-1')).toBeGreaterThan(score('Start web-1'));
    expect(score('Start web-1')).toBeGreaterThan(score('cobweb'));
    expect(score('cobweb')).toBeGreaterThan(score('w-e-b'));
    expect(score('web-1')).toBeGreaterThan(score('web-1 Display'));
  });

  it('marks ranges that are in order, inside, and apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, typed) => {
        let last = -1;
        for (const [start, end] of fuzzyMatch(text, typed)?.ranges ?? []) {
          expect(start).toBeGreaterThan(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.toLowerCase().length);
      }),
    );
  });
});
