import { expect, it } from 'vitest';
import type { TrashView } from '@/lib/shared/trash';
import { amountText, kindText, sortTrash } from './trash-rows';

const item = (name: string, sizeBytes: number, day: number): TrashView => ({
  id: name,
  kind: 'vm',
  name,
  from: null,
  sizeBytes,
  deletedAt: `2026-12-0${day}T00:00:00Z`,
  deletedBy: 'anna',
  expiresAt: `2026-12-1${day}T00:00:00Z`,
});

it('says what lies there and how much', () => {
  expect(kindText({ kind: 'vm', from: null })).toBe('Virtual machine');
  expect(kindText({ kind: 'disk', from: 'web-1' })).toBe('Disk of web-1');
  expect(kindText({ kind: 'library', from: 'usb' })).toBe('Library file in usb');
  expect(amountText([item('a', 1024, 1)])).toBe('1 thing, 1 KiB');
  expect(amountText([item('a', 1024, 1), item('b', 2048, 2)])).toBe('2 things, 3 KiB');
});

it('sorts by any column, and by the delete when the column is unknown', () => {
  const items = [item('web-10', 1, 3), item('web-2', 3, 1), item('db', 2, 2)];
  const names = (column: string, direction: 'ascending' | 'descending' = 'ascending') =>
    sortTrash(items, { column, direction }).map(({ name }) => name);
  expect(names('name')).toEqual(['db', 'web-2', 'web-10']);
  expect(names('size', 'descending')).toEqual(['web-2', 'db', 'web-10']);
  expect(names('elsewhere')).toEqual(['web-2', 'db', 'web-10']);
});
