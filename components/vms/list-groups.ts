/** The list in groups: by folder, tag or status. Pure. */
import { foldersByPath, type FolderView } from '@/lib/shared/organise';
import type { VmView } from '@/lib/shared/vm';
import type { Grouping } from '@/lib/shared/vm-filter';
import type { RowGroup } from '../ui/row-groups';
import { countByStatus, statusOf } from './status';

/** The id of a folder's group is the folder's. */
type ListGroup = RowGroup<VmView> & { items: VmView[] };

/** The group of what has no folder or no tag. */
export const NO_GROUP = 'none';

/**
 * Puts VMs into groups, each in the order in which they came. A VM with several tags stands in several groups.
 *
 * @returns null when they are not to be grouped
 */
export function groupVms(vms: readonly VmView[], by: Grouping, folders: readonly FolderView[]): ListGroup[] | null {
  switch (by) {
    case 'none':
      return null;
    case 'status':
      return countByStatus(vms).map(({ status }) => ({
        id: status,
        label: statusOf(status).word,
        items: vms.filter((vm) => vm.status === status),
      }));
    case 'folder': {
      const known = foldersByPath(folders).map(({ id, path }) => ({ id, label: path }));
      return gather(vms, known, 'In no folder', (vm) => (vm.folderId === null ? [] : [vm.folderId]));
    }
    case 'tag': {
      const known = [...new Set(vms.flatMap((vm) => vm.tags))].sort().map((tag) => ({ id: tag, label: tag }));
      return gather(vms, known, 'Without a tag', (vm) => vm.tags);
    }
  }
}

function gather(
  vms: readonly VmView[],
  known: readonly { id: string; label: string }[],
  restLabel: string,
  idsOf: (vm: VmView) => readonly string[],
): ListGroup[] {
  const groups = new Map(known.map(({ id, label }) => [id, { id, label, items: [] as VmView[] }]));
  const rest: ListGroup = { id: NO_GROUP, label: restLabel, items: [] };
  for (const vm of vms) {
    const homes = idsOf(vm).map((id) => groups.get(id));
    for (const home of homes.length > 0 ? homes : [rest]) (home ?? rest).items.push(vm);
  }
  return [...groups.values(), rest].filter((group) => group.items.length > 0);
}
