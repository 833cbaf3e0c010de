/** How a VM's state is shown: the shape of its mark and its word. Pure. */
import type { VmStatus, VmVerb, VmView } from '@/lib/shared/vm';
import type { MarkKind } from '../ui/StatusMark';

export interface ShownStatus {
  kind: MarkKind;
  word: string;
}

const STATUSES: Record<VmStatus, ShownStatus> = {
  creating: { kind: 'working', word: 'Creating' },
  stopped: { kind: 'stopped', word: 'Stopped' },
  starting: { kind: 'working', word: 'Starting' },
  running: { kind: 'running', word: 'Running' },
  paused: { kind: 'paused', word: 'Paused' },
  saved: { kind: 'stopped', word: 'Saved' },
  stopping: { kind: 'working', word: 'Shutting down' },
  crashed: { kind: 'attention', word: 'Crashed' },
  unreachable: { kind: 'unreachable', word: 'Not answering' },
  broken: { kind: 'attention', word: 'Not readable' },
};

const DOING: Record<VmVerb | 'create' | 'edit', string> = {
  start: 'Starting',
  shutdown: 'Shutting down',
  reboot: 'Rebooting',
  reset: 'Resetting',
  'force-off': 'Forcing off',
  pause: 'Pausing',
  resume: 'Resuming',
  save: 'Saving',
  restore: 'Restoring',
  'discard-state': 'Discarding the saved state',
  cancel: 'Cancelling',
  delete: 'Deleting',
  create: 'Creating',
  edit: 'Applying changes',
};

/** The status alone, for counts and filters. */
export function statusOf(status: VmStatus): ShownStatus {
  return STATUSES[status];
}

/**
 * What is shown for a VM now: a verb that was just asked for, else its operation, else its status.
 *
 * @param pending the verb that this browser asked for and has no answer to yet
 */
export function shownStatus(vm: Pick<VmView, 'status' | 'operation'>, pending: VmVerb | null): ShownStatus {
  const verb = pending ?? vm.operation?.verb;
  return verb ? { kind: 'working', word: DOING[verb] } : STATUSES[vm.status];
}

/** What needs a person comes first, what sleeps comes last. */
const RANK: readonly VmStatus[] = [
  'broken',
  'crashed',
  'unreachable',
  'creating',
  'starting',
  'stopping',
  'running',
  'paused',
  'saved',
  'stopped',
];

/** Place of a status in a table sorted by it. */
export function statusRank(status: VmStatus): number {
  return RANK.indexOf(status);
}

/** How many VMs are in which state: `12 running, 3 stopped`. States that have none are left out. */
export function countByStatus(vms: readonly Pick<VmView, 'status'>[]): { status: VmStatus; count: number }[] {
  const counts = new Map<VmStatus, number>();
  for (const vm of vms) counts.set(vm.status, (counts.get(vm.status) ?? 0) + 1);
  return RANK.flatMap((status) => {
    const count = counts.get(status);
    return count === undefined ? [] : [{ status, count }];
  });
}
