import { describe, expect, it } from 'vitest';
import type { VmView } from '@/lib/shared/vm';
import { vmNamed } from '../live/testing';
import { groupVms } from './list-groups';

const vm = (name: string, more: Partial<VmView> = {}): VmView => ({ ...vmNamed(name), ...more });
const VMS = [
  vm('a', { tags: ['web', 'db'], folderId: 'inner' }),
  vm('b', { status: 'running', folderId: 'gone' }),
  vm('c', { tags: ['web'], folderId: 'outer' }),
];
const FOLDERS = [
  { id: 'inner', name: 'Web', parentId: 'outer' },
  { id: 'outer', name: 'Production', parentId: null },
  { id: 'empty', name: 'Empty', parentId: null },
];
const written = (by: Parameters<typeof groupVms>[1]) =>
  groupVms(VMS, by, FOLDERS)?.map(({ label, items }) => `${label}: ${items.map(({ name }) => name).join(' ')}`);

describe('groupVms', () => {
  it('leaves the list whole', () => expect(written('none')).toBeUndefined());
  it('groups by folder, in the order of paths; a folder that is gone counts as none', () =>
    expect(written('folder')).toEqual(['Production: c', 'Production/Web: a', 'In no folder: b']));
  it('groups by tag; a VM stands under each of its tags', () =>
    expect(written('tag')).toEqual(['db: a', 'web: a c', 'Without a tag: b']));
  it('groups by status, running before stopped', () =>
    expect(written('status')).toEqual(['Running: b', 'Stopped: a c']));
});
