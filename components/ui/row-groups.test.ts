import { describe, expect, it } from 'vitest';
import { itemIdOf, RowMaker, selectedItems, selectedRows } from './row-groups';

const [a, b] = [{ id: 'a' }, { id: 'b' }];
const GROUPS = [
  { id: 'db', label: 'db', items: [a] },
  { id: 'web', label: 'web', items: [a, b] },
];
const maker = new RowMaker();
const rows = maker.rowsOf([a, b], GROUPS);

describe('rows in groups', () => {
  it('stand after their headings', () =>
    expect(rows.map(({ id }) => id)).toEqual(['db', 'db/a', 'web', 'web/a', 'web/b']));
  it('are the things themselves without groups', () =>
    expect(maker.rowsOf([a, b], null).map(({ id }) => id)).toEqual(['a', 'b']));
  it('are the same objects again for things that did not change', () => {
    const again = maker.rowsOf([a, b], [{ id: 'web', label: 'web', items: [a, { id: 'b' }] }]);
    expect(again[1]).toBe(rows[3]);
    expect(again[2]).not.toBe(rows[4]);
  });
  it('know their things', () => expect(['web/a', 'a'].map(itemIdOf)).toEqual(['a', 'a']));
});

describe('selection', () => {
  const all = selectedRows(rows, new Set(['a']));
  it('takes every row of a thing', () => expect([...all]).toEqual(['db/a', 'web/a']));
  it('adds a thing by any of its rows', () =>
    expect(selectedItems(new Set(), new Set(['web/a']))).toEqual(new Set(['a'])));
  it('drops a thing by any of its rows', () =>
    expect(selectedItems(all, new Set(['db/a', 'web/b']))).toEqual(new Set(['b'])));
  it('keeps all', () => expect(selectedItems(all, 'all')).toBe('all'));
});
