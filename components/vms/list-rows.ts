/** The list's rows: in which order they stand. Pure. */
import type { LiveStats } from '@/lib/shared/host';
import { folderPath, type FolderView } from '@/lib/shared/organise';
import { forwardsOf, type VmView } from '@/lib/shared/vm';
import { SYSTEM_PRESETS } from '@/lib/shared/system-presets';
import { statusRank } from './status';

/** All columns of the list, in their order. */
export const LIST_COLUMNS = [
  'name',
  'status',
  'cpu',
  'memory',
  'uptime',
  'system',
  'forwards',
  'folder',
  'tags',
  'autostart',
  'disk',
  'notes',
  'created',
] as const;
export type ListColumn = (typeof LIST_COLUMNS)[number];

/** The first line of the notes that says something, without Markdown's marks. */
export function firstNote(notes: string): string {
  const line = notes.split('\n').find((l) => /[\p{L}\p{N}]/u.test(l)) ?? '';
  return line.replace(/^[\s#>*+-]+/, '').trim();
}

/** Bytes that the disks of a VM take on the host. */
export function diskBytes(vm: Pick<VmView, 'disks'>): number {
  return vm.disks.reduce((sum, disk) => sum + disk.allocatedBytes, 0);
}

type SortValue = string | number;

/** What stands not in the VM itself. */
interface SortFacts {
  stats: LiveStats | null;
  folders: readonly FolderView[];
}

/** What a column sorts by; what is not there (CPU of a stopped VM) is -1. */
function sortValue(vm: VmView, column: ListColumn, { stats, folders }: SortFacts): SortValue {
  switch (column) {
    case 'name':
      return vm.name;
    case 'status':
      return statusRank(vm.status);
    case 'cpu':
      return stats?.vms[vm.id]?.cpuPercent ?? -1;
    case 'memory':
      return stats?.vms[vm.id]?.memoryBytes ?? -1;
    case 'uptime':
      return vm.startedAt ? Date.now() - Date.parse(vm.startedAt) : -1;
    case 'system':
      return SYSTEM_PRESETS[vm.spec.system].label;
    case 'forwards':
      return forwardsOf(vm.spec)[0]?.hostPort ?? -1;
    case 'folder':
      return folderPath(folders, vm.folderId).toLowerCase();
    case 'tags':
      return vm.tags.join(' ').toLowerCase();
    case 'autostart':
      return vm.autostart.enabled ? vm.autostart.order : Number.MAX_SAFE_INTEGER;
    case 'disk':
      return diskBytes(vm);
    case 'notes':
      return firstNote(vm.notes).toLowerCase();
    case 'created':
      return Date.parse(vm.createdAt);
  }
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compare(a: SortValue, b: SortValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return byName.compare(String(a), String(b));
}

/** The VMs in the order of a column; equal ones by name, `web-2` before `web-10`. */
export function sortVms(
  vms: readonly VmView[],
  sort: { column: string; direction: 'ascending' | 'descending' },
  facts: SortFacts,
): VmView[] {
  const column = LIST_COLUMNS.find((c) => c === sort.column) ?? 'name';
  const sign = sort.direction === 'ascending' ? 1 : -1;
  const keyed = vms.map((vm) => ({ vm, value: sortValue(vm, column, facts) }));
  keyed.sort((a, b) => sign * compare(a.value, b.value) || byName.compare(a.vm.name, b.vm.name));
  return keyed.map(({ vm }) => vm);
}
