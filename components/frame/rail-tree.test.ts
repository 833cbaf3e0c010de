import { describe, expect, it } from 'vitest';
import type { FolderView } from '@/lib/shared/organise';
import type { VmView } from '@/lib/shared/vm';
import { vmNamed } from '../live/testing';
import { buildRail, type RailNode } from './rail-tree';

const FOLDERS: FolderView[] = [
  { id: 'w', name: 'Web', parentId: 'p' },
  { id: 'p', name: 'Production', parentId: null },
  { id: 'e', name: 'Empty', parentId: null },
];
const vm = (name: string, folderId: string | null): VmView => ({ ...vmNamed(name), folderId });
const VMS = [vm('db', 'p'), vm('loose', null), vm('lost', 'gone'), vm('web-1', 'w')];

/** `Folder(…), vm`. */
const write = (nodes: readonly RailNode[]): string =>
  nodes.map((node) => (node.kind === 'vm' ? node.name : `${node.name}(${write(node.children)})`)).join(', ');

describe('buildRail', () => {
  it('has folders first, then VMs; a VM of a folder that is gone stands at the top', () =>
    expect(write(buildRail(VMS, FOLDERS, ''))).toBe('Empty(), Production(Web(web-1), db), loose, lost'));
  it('counts the VMs of a folder, however deep', () =>
    expect(buildRail(VMS, FOLDERS, '')).toMatchObject([{ vmCount: 0 }, { vmCount: 2 }, {}, {}]));
  it('keeps the way to what fits', () =>
    expect(write(buildRail(VMS, FOLDERS, 'web-1'))).toBe('Production(Web(web-1))'));
  it('keeps all of a folder that fits', () =>
    expect(write(buildRail(VMS, FOLDERS, 'prod'))).toBe('Production(Web(web-1), db)'));
  it('is empty when nothing fits', () => expect(buildRail(VMS, FOLDERS, 'xyz')).toEqual([]));
});
