'use client';
import NextLink from 'next/link';
import { formatBytes, formatExactBytes, formatMiB, formatPercent } from '@/lib/shared/units';
import { SYSTEM_PRESETS } from '@/lib/shared/system-presets';
import { folderPath } from '@/lib/shared/organise';
import { vmPath } from '@/lib/shared/paths';
import { isAlive, type VmView } from '@/lib/shared/vm';
import { useFolders, useVmStats } from '../live/live-hooks';
import { TagChips, TagDots } from '../organise/TagChips';
import type { DataColumn } from '../ui/DataTable';
import { Status } from '../ui/StatusMark';
import type { TableLayoutChoice } from '../ui/table-layout';
import { Since, Time } from '../ui/Time';
import { ForwardsShort } from './ForwardLinks';
import { diskBytes, firstNote, type ListColumn } from './list-rows';
import { useShownStatus } from './pending-verbs';
import { ProtectedMark } from './ProtectedMark';
import { RowVerbs } from './VerbButtons';

const NONE = <span className="text-faint">–</span>;

function NameCell({ vm }: { vm: VmView }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <NextLink
        href={vmPath(vm.name)}
        prefetch={false}
        // The row is what is dragged, not its address.
        draggable={false}
        className="truncate rounded-sm font-medium hover:underline"
      >
        {vm.name}
      </NextLink>
      {vm.isProtected && <ProtectedMark />}
      <TagDots names={vm.tags} />
    </span>
  );
}

function FolderCell({ vm }: { vm: VmView }) {
  const path = folderPath(useFolders(), vm.folderId);
  if (path === '') return NONE;
  return (
    <span className="truncate" title={path}>
      {path}
    </span>
  );
}

/** The status and, after it, why it is so. */
export function StatusCell({ vm }: { vm: VmView }) {
  const { kind, word } = useShownStatus(vm);
  const progress = vm.operation?.progress ?? null;
  const more = progress === null ? vm.reason : `${Math.round(progress * 100)} %`;
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={vm.reason ?? undefined}>
      <Status kind={kind} word={word} />
      {more && <span className="min-w-0 truncate text-sm text-muted tabular">{more}</span>}
    </span>
  );
}

export function CpuCell({ vm }: { vm: VmView }) {
  const stats = useVmStats(vm.id);
  if (!stats) return NONE;
  return (
    <span title={`100 % is one of its ${vm.spec.cpu.count} CPUs in full use.`}>{formatPercent(stats.cpuPercent)}</span>
  );
}

export function MemoryCell({ vm }: { vm: VmView }) {
  const stats = useVmStats(vm.id);
  if (vm.problem) return NONE;
  const given = formatMiB(vm.spec.memoryMiB);
  if (!stats) return <span className="text-muted">{given}</span>;
  return (
    <span title={`The host gives it ${formatExactBytes(stats.memoryBytes)} now; it may have ${given}.`}>
      {formatBytes(stats.memoryBytes)} <span className="text-muted">of {given}</span>
    </span>
  );
}

function UptimeCell({ vm }: { vm: VmView }) {
  return vm.startedAt && isAlive(vm.status) ? <Since at={vm.startedAt} /> : NONE;
}

function AutostartCell({ vm }: { vm: VmView }) {
  if (!vm.autostart.enabled) return <span className="text-muted">Off</span>;
  const { order, delaySeconds } = vm.autostart;
  return (
    <span title={`Starts with Skep, ${delaySeconds} s after the one before it; lower numbers start first.`}>
      On, {order}
    </span>
  );
}

const COLUMNS_BY_ID: Record<ListColumn, Omit<DataColumn<VmView>, 'id'>> = {
  name: { name: 'Name', width: '2fr', minWidth: 150, isRowHeader: true, render: (vm) => <NameCell vm={vm} /> },
  status: { name: 'Status', width: '2fr', minWidth: 154, render: (vm) => <StatusCell vm={vm} /> },
  cpu: { name: 'CPU', width: 76, isNumber: true, render: (vm) => <CpuCell vm={vm} /> },
  memory: { name: 'Memory', width: 164, isNumber: true, minWidth: 100, render: (vm) => <MemoryCell vm={vm} /> },
  uptime: { name: 'Uptime', width: 108, isNumber: true, render: (vm) => <UptimeCell vm={vm} /> },
  system: { name: 'System', width: 104, render: (vm) => (vm.problem ? NONE : SYSTEM_PRESETS[vm.spec.system].label) },
  forwards: {
    name: 'Forwards',
    width: '1fr',
    minWidth: 184,
    render: (vm) => (vm.problem ? NONE : <ForwardsShort spec={vm.runningSpec ?? vm.spec} />),
  },
  folder: { name: 'Folder', width: '1fr', minWidth: 120, render: (vm) => <FolderCell vm={vm} /> },
  tags: { name: 'Tags', width: '1fr', minWidth: 120, render: (vm) => <TagChips names={vm.tags} /> },
  autostart: { name: 'Autostart', width: 92, render: (vm) => <AutostartCell vm={vm} /> },
  disk: { name: 'On disk', width: 104, isNumber: true, render: (vm) => formatBytes(diskBytes(vm)) },
  notes: {
    name: 'Notes',
    width: '2fr',
    minWidth: 120,
    render: (vm) => <span className="truncate">{firstNote(vm.notes)}</span>,
  },
  created: { name: 'Created', width: 136, render: (vm) => <Time at={vm.createdAt} /> },
};

/** The columns of the list, and the verbs of each row at the end. */
export const COLUMNS: readonly DataColumn<VmView>[] = [
  ...(Object.keys(COLUMNS_BY_ID) as ListColumn[]).map((id) => ({ id, ...COLUMNS_BY_ID[id] })),
  {
    id: 'verbs',
    name: 'Actions',
    width: 124,
    minWidth: 124,
    hideName: true,
    isSortable: false,
    isNumber: true,
    render: (vm) => <RowVerbs vm={vm} />,
  },
];

/** What can be hidden: everything but the name and the verbs. */
export const HIDEABLE = COLUMNS.filter((c) => c.id !== 'name' && c.id !== 'verbs').map((c) => ({
  value: c.id,
  label: c.name,
}));

export const COLUMN_IDS = COLUMNS.map((c) => c.id);

export const DEFAULT_LAYOUT: TableLayoutChoice = {
  // What is left fits a window of 1280 pixels with the rail open.
  hidden: ['system', 'folder', 'tags', 'autostart', 'disk', 'notes', 'created'],
  widths: {},
  sort: { column: 'name', direction: 'ascending' },
};
