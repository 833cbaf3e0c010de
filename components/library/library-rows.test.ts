import { expect, it } from 'vitest';
import { contentWords, filterFiles, NO_FILTER, sortFiles, type LibraryRow } from './library-rows';

const base: LibraryRow = {
  ...{ id: 'a.iso', ref: 'a.iso', name: 'a.iso', folder: null, kind: 'iso', label: 'MINE' },
  ...{ sizeBytes: 100, virtualBytes: null, modifiedAt: '2026-12-01T00:00:00.000Z' },
  ...{ refusal: null, sha256: null, usedBy: ['web-1'] },
  facts: {
    ...{ label: 'MINE', system: 'Debian', version: '12.5.0', preset: 'linux', architecture: 'x86_64' },
    boots: { bios: true, uefi: true },
  },
};
const disk: LibraryRow = {
  ...{ ...base, id: 'big/b.qcow2', ref: 'big/b.qcow2', name: 'b.qcow2', folder: 'big', kind: 'qcow2', label: null },
  ...{ facts: null, sizeBytes: 50, virtualBytes: 1000, usedBy: [] },
};
const broken: LibraryRow = {
  ...disk,
  id: 'c.zip',
  ref: 'c.zip',
  name: 'c.zip',
  kind: 'other',
  refusal: 'It is packed.',
};
const all = [base, disk, broken];
const names = (files: readonly LibraryRow[]) => files.map(({ name }) => name);

it('says what is in a file', () => {
  expect(all.map(contentWords)).toEqual(['Debian 12.5.0, x86_64, BIOS and UEFI', '', 'It is packed.']);
});

it.each([
  ['debian 12', ['a.iso']],
  ['big qcow2', ['b.qcow2']],
  ['web-1', ['a.iso']],
  ['nothing of it', []],
])('finds “%s”', (text, found) => {
  expect(names(filterFiles(all, { ...NO_FILTER, text }))).toEqual(found);
});

it('narrows to a kind', () => {
  expect(names(filterFiles(all, { text: '', kind: 'image' }))).toEqual(['b.qcow2']);
  expect(names(filterFiles(all, { text: '', kind: 'other' }))).toEqual(['c.zip']);
});

it('sorts by a column, and equal ones by name', () => {
  expect(names(sortFiles(all, { column: 'size', direction: 'descending' }))).toEqual(['a.iso', 'b.qcow2', 'c.zip']);
  expect(names(sortFiles(all, { column: 'name', direction: 'descending' }))).toEqual(['c.zip', 'b.qcow2', 'a.iso']);
  expect(names(sortFiles(all, { column: 'used', direction: 'ascending' }))).toEqual(['b.qcow2', 'c.zip', 'a.iso']);
});
