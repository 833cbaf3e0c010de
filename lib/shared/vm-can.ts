/**
 * What may happen when: one table, read by the buttons, the core and the tests.
 */
import type { VmStatus, VmVerb, VmView } from './vm';

const ALLOWED: Record<VmVerb, readonly VmStatus[]> = {
  start: ['stopped', 'crashed'],
  shutdown: ['running', 'stopping'],
  reboot: ['running'],
  reset: ['running', 'paused', 'stopping'],
  'force-off': ['starting', 'running', 'paused', 'stopping', 'unreachable'],
  pause: ['running'],
  resume: ['paused'],
  save: ['running', 'paused'],
  restore: ['saved'],
  'discard-state': ['saved'],
  cancel: ['creating'],
  delete: ['stopped', 'crashed', 'saved', 'broken'],
};

/** The verbs that may interrupt an operation that is under way. */
const INTERRUPTS: readonly VmVerb[] = ['force-off', 'cancel'];

export const VERB_LABELS: Record<VmVerb, string> = {
  start: 'Start',
  shutdown: 'Shut down',
  reboot: 'Reboot',
  reset: 'Reset',
  'force-off': 'Force off',
  pause: 'Pause',
  resume: 'Resume',
  save: 'Save to disk',
  restore: 'Restore',
  'discard-state': 'Discard saved state',
  cancel: 'Cancel',
  delete: 'Delete',
};

/** Each status as a word of a sentence ("is running"). */
export const STATUS_WORDS: Record<VmStatus, string> = {
  creating: 'being created',
  stopped: 'stopped',
  starting: 'starting',
  running: 'running',
  paused: 'paused',
  saved: 'saved to disk',
  stopping: 'shutting down',
  crashed: 'crashed',
  unreachable: 'not answering',
  broken: 'not readable',
};

/** The statuses in which a verb is possible. */
export function allowedStatuses(verb: VmVerb): readonly VmStatus[] {
  return ALLOWED[verb];
}

/** What the table looks at. */
type Asked = Pick<VmView, 'name' | 'status' | 'operation'> & Partial<Pick<VmView, 'isProtected'>>;

/** Why a protected VM, or one of its disk files, is not deleted. */
export function protectedReason(name: string): string {
  return `${name} is protected from deletion. Switch that off on its hardware page first.`;
}

/**
 * Why a verb is not possible now, as a sentence, or null when it is.
 */
export function whyNot(verb: VmVerb, vm: Asked): string | null {
  if (vm.operation && !INTERRUPTS.includes(verb)) {
    const running = vm.operation.verb;
    const label = running === 'create' || running === 'edit' ? running : VERB_LABELS[running].toLowerCase();
    return `${vm.name} is busy: “${label}” is still under way.`;
  }
  if (verb === 'delete' && vm.isProtected) return protectedReason(vm.name);
  if (ALLOWED[verb].includes(vm.status)) return null;
  const states = ALLOWED[verb].map((s) => STATUS_WORDS[s]);
  const list = states.length > 1 ? `${states.slice(0, -1).join(', ')} or ${states.at(-1)}` : states[0];
  return `${VERB_LABELS[verb]} needs a VM that is ${list}; ${vm.name} is ${STATUS_WORDS[vm.status]}.`;
}

/** True when the verb is possible now. */
export function can(verb: VmVerb, vm: Asked): boolean {
  return whyNot(verb, vm) === null;
}
