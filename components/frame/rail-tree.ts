/** The rail's tree: folders first, then VMs, at each level. Pure. */
import type { FolderView } from '@/lib/shared/organise';
import type { VmView } from '@/lib/shared/vm';

export type RailNode =
  | { kind: 'folder'; id: string; name: string; folder: FolderView; vmCount: number; children: RailNode[] }
  | { kind: 'vm'; id: string; name: string; vm: VmView };

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;

/**
 * Builds the tree.
 *
 * @param vms in the order in which they shall stand
 * @param needle in lower case; what does not contain it is left out, and a folder that does keeps all that is in it
 */
export function buildRail(vms: readonly VmView[], folders: readonly FolderView[], needle: string): RailNode[] {
  const known = new Set(folders.map(({ id }) => id));
  const parentOf = (id: string | null) => (id !== null && known.has(id) ? id : null);
  const vmsIn = groupBy(vms, (vm) => parentOf(vm.folderId));
  const foldersIn = groupBy(folders, (folder) => parentOf(folder.parentId));
  const fits = (name: string) => name.toLowerCase().includes(needle);

  const level = (id: string | null, isKept: boolean): RailNode[] => {
    const inside = (foldersIn.get(id) ?? []).toSorted((a, b) => byName(a.name, b.name));
    const nodes = inside.map((folder) => node(folder, isKept));
    const shown = (vmsIn.get(id) ?? []).filter((vm) => isKept || fits(vm.name));
    return [
      ...nodes.filter((child) => child !== null),
      ...shown.map((vm) => ({ kind: 'vm' as const, id: vm.id, name: vm.name, vm })),
    ];
  };
  const node = (folder: FolderView, isKept: boolean): RailNode | null => {
    const isFitting = isKept || fits(folder.name);
    const children = level(folder.id, isFitting);
    if (!isFitting && children.length === 0) return null;
    const { id, name } = folder;
    return { kind: 'folder', id, name, folder, vmCount: countVms(children), children };
  };
  return level(null, needle === '');
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function countVms(nodes: readonly RailNode[]): number {
  return nodes.reduce((sum, node) => sum + (node.kind === 'vm' ? 1 : node.vmCount), 0);
}
