import { describe, expect, it } from 'vitest';
import type { LiveStats } from '@/lib/shared/host';
import type { VmView } from '@/lib/shared/vm';
import { vmNamed } from '../live/testing';
import { firstNote, sortVms } from './list-rows';

const vm = (name: string, more: Partial<VmView> = {}): VmView => ({ ...vmNamed(name), ...more });
const names = (vms: VmView[]) => vms.map((v) => v.name);

describe('firstNote', () => {
  it('takes the first line that says something', () =>
    expect(firstNote('\n---\n# The **web** server\nmore')).toBe('The **web** server'));
  it('is empty for no notes', () => expect(firstNote('')).toBe(''));
});

describe('sortVms', () => {
  const vms = [vm('web-10'), vm('web-2', { status: 'running' }), vm('a', { status: 'crashed' })];
  const stats = { vms: { 'id-web-2': { cpuPercent: 40, memoryBytes: 1 } } } as unknown as LiveStats;
  const facts = { stats, folders: [{ id: 'f', name: 'Folder', parentId: null }] };
  const sorted = (column: string, direction: 'ascending' | 'descending' = 'ascending') =>
    names(sortVms(vms, { column, direction }, facts));
  it('counts digits in names as numbers', () => expect(sorted('name')).toEqual(['a', 'web-2', 'web-10']));
  it('puts trouble first by status', () => expect(sorted('status')).toEqual(['a', 'web-2', 'web-10']));
  it('sorts by what is measured', () => expect(sorted('cpu', 'descending')).toEqual(['web-2', 'a', 'web-10']));
  it('sorts by the path of the folder', () => {
    const placed = vms.map((one) => (one.name === 'web-2' ? { ...one, folderId: 'f' } : one));
    expect(names(sortVms(placed, { column: 'folder', direction: 'descending' }, facts))[0]).toBe('web-2');
  });
  it('falls back to the name for an unknown column', () => expect(sorted('gone')).toEqual(['a', 'web-2', 'web-10']));
});
