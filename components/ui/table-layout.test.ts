import { describe, expect, it } from 'vitest';
import { checkLayout, type TableLayoutChoice } from './table-layout';

const FALLBACK: TableLayoutChoice = { hidden: ['b'], widths: {}, sort: { column: 'a', direction: 'ascending' } };
const check = (stored: unknown) => checkLayout(stored, FALLBACK, ['a', 'b']);

describe('checkLayout', () => {
  it.each([undefined, null, 7, 'x'])('falls back for %s', (stored) => expect(check(stored)).toEqual(FALLBACK));
  it('keeps what fits', () => {
    const stored = { hidden: [], widths: { a: 120 }, sort: { column: 'b', direction: 'descending' } };
    expect(check(stored)).toEqual(stored);
  });
  it('drops columns that are gone and widths that are none', () =>
    expect(
      check({
        hidden: ['gone', 'a'],
        widths: { gone: 90, a: 'wide', b: -3 },
        sort: { column: 'gone', direction: 'ascending' },
      }),
    ).toEqual({
      hidden: ['a'],
      widths: {},
      sort: FALLBACK.sort,
    }));
});
