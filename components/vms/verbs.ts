/** Which verbs a VM offers first, and what each of them warns of. Pure; what is possible stands in `vm-can`. */
import { allowedStatuses, VERB_LABELS } from '@/lib/shared/vm-can';
import type { VmStatus, VmVerb, VmView } from '@/lib/shared/vm';

/** Verbs that act on a VM by themselves. Deleting has its own dialog. */
export type PowerVerb = Exclude<VmVerb, 'delete'>;

const MAIN: Record<VmStatus, readonly PowerVerb[]> = {
  creating: ['cancel'],
  stopped: ['start'],
  starting: ['force-off'],
  running: ['shutdown', 'pause'],
  paused: ['resume', 'force-off'],
  saved: ['restore', 'discard-state'],
  stopping: ['force-off'],
  crashed: ['start'],
  unreachable: ['force-off'],
  broken: [],
};

const MENU: readonly PowerVerb[] = [
  'start',
  'shutdown',
  'reboot',
  'pause',
  'resume',
  'save',
  'restore',
  'discard-state',
  'reset',
  'force-off',
];

/** The one to two verbs that make sense now, the likeliest first. */
export function mainVerbs(vm: Pick<VmView, 'status'>): readonly PowerVerb[] {
  return MAIN[vm.status];
}

/** The other verbs that make sense in this state. While an operation is under way they are shown with that reason. */
export function menuVerbs(vm: Pick<VmView, 'status'>): readonly PowerVerb[] {
  return MENU.filter((verb) => allowedStatuses(verb).includes(vm.status) && !MAIN[vm.status].includes(verb));
}

export interface Warning {
  title: string;
  text: string;
  confirmLabel: string;
}

const CONSEQUENCES: Partial<Record<PowerVerb, string>> = {
  'force-off': 'This is like pulling the plug: what the guest has not written to its disks is lost.',
  reset:
    'This is like the reset button: the guest starts anew at once, and what it has not written to its disks is lost.',
  'discard-state': 'The saved memory is deleted. The next start boots from the disks, as after a power cut.',
  cancel: 'The unfinished VM and what was copied so far are deleted.',
};

/**
 * What to ask before a verb, or null when nothing can be lost.
 *
 * @param names the VMs it would act on, at least one
 */
export function warningFor(verb: PowerVerb, names: readonly string[]): Warning | null {
  const text = CONSEQUENCES[verb];
  if (!text) return null;
  const label = VERB_LABELS[verb];
  const what = names.length === 1 ? names[0] : `${names.length} VMs`;
  if (verb === 'cancel') return { title: `Cancel making ${what}?`, text, confirmLabel: 'Cancel and delete' };
  return { title: `${label}: ${what}?`, text, confirmLabel: names.length === 1 ? label : `${label} ${what}` };
}
