/**
 * Facts → status. Pure: nothing is remembered, all is derived from what the world shows now.
 *
 *            process gone                         process alive
 *   ┌──────────┬─────────┬─────────┐   ┌─────────────┬──────────────────────────────┐
 *   │ state    │ ended   │ else    │   │ QMP silent  │ QMP answers: QEMU's run state │
 *   │ on disk  │ by      │         │   │             │ running → running | stopping  │
 *   │          │ itself  │         │   │             │ paused, io-error … → paused   │
 *   ▼          ▼         ▼         │   ▼             │ prelaunch … → starting        │
 *   saved      crashed   stopped   │   unreachable   │ shutdown … → stopping         │
 */
import type { VmExit, VmStatus, VmView } from '../shared/vm';

export interface MachineFacts {
  /** A QEMU process with this VM's UUID exists. */
  processAlive: boolean;
  /** Its monitor answers. */
  answering: boolean;
  /** `status` of QMP `query-status`, null when never heard. */
  runState: string | null;
  /** The last disk error that paused the guest. */
  ioError: { deviceId: string; noSpace: boolean } | null;
  shutdownRequestedAt: Date | null;
  savedAt: Date | null;
  /** How the last run ended, when nobody had asked it to. */
  lastExit: VmExit | null;
  /** The last run ended because the host restarted. */
  hostRestarted: boolean;
  /** Why the last start did not come about, as a sentence. Whoever made the VM may be the only one who looks. */
  startFailure: string | null;
}

export const NO_FACTS: MachineFacts = {
  processAlive: false,
  answering: false,
  runState: null,
  ioError: null,
  shutdownRequestedAt: null,
  savedAt: null,
  lastExit: null,
  hostRestarted: false,
  startFailure: null,
};

export interface DerivedStatus {
  status: VmStatus;
  reason: string | null;
}

type OperationVerb = NonNullable<VmView['operation']>['verb'];

/**
 * @param facts what is known of the process and its monitor
 * @param operation the operation under way, which says where a moment between two states leads
 */
export function deriveStatus(facts: MachineFacts, operation: OperationVerb | null): DerivedStatus {
  if (operation === 'create') return { status: 'creating', reason: null };
  const underWay = operationStatus(operation);
  if (!facts.processAlive) {
    if (underWay?.status === 'starting') return underWay;
    const notStarted = facts.startFailure && `the last start failed: ${facts.startFailure}`;
    if (facts.savedAt) return { status: 'saved', reason: notStarted };
    if (facts.lastExit) return { status: 'crashed', reason: notStarted ?? exitReason(facts.lastExit) };
    return { status: 'stopped', reason: notStarted ?? (facts.hostRestarted ? 'the host restarted' : null) };
  }
  if (underWay) return underWay;
  if (!facts.answering) return { status: 'unreachable', reason: 'QEMU does not answer' };
  return runStateStatus(facts);
}

function operationStatus(operation: OperationVerb | null): DerivedStatus | null {
  switch (operation) {
    case 'start':
      return { status: 'starting', reason: null };
    case 'restore':
      return { status: 'starting', reason: 'restoring from disk' };
    case 'save':
      return { status: 'stopping', reason: 'saving to disk' };
    case 'force-off':
      return { status: 'stopping', reason: 'forced off' };
    default:
      return null;
  }
}

/** QEMU's run states (QAPI `RunState`) as statuses of ours. */
function runStateStatus(facts: MachineFacts): DerivedStatus {
  switch (facts.runState) {
    case 'running':
      return { status: facts.shutdownRequestedAt ? 'stopping' : 'running', reason: null };
    case 'prelaunch':
    case 'inmigrate':
      return { status: 'starting', reason: null };
    case 'shutdown':
    case 'postmigrate':
    case 'finish-migrate':
    case 'save-vm':
      return { status: 'stopping', reason: null };
    default:
      return { status: 'paused', reason: pauseReason(facts) };
  }
}

function pauseReason(facts: MachineFacts): string | null {
  switch (facts.runState) {
    case 'io-error':
      return facts.ioError ? ioReason(facts.ioError) : 'a disk could not be read or written';
    case 'guest-panicked':
      return 'the guest’s kernel panicked';
    case 'internal-error':
      return 'QEMU met an internal error';
    case 'suspended':
      return 'the guest sleeps';
    case 'watchdog':
      return 'the watchdog fired';
    default:
      return null;
  }
}

function ioReason(error: { deviceId: string; noSpace: boolean }): string {
  return error.noSpace ? `no space left for ${error.deviceId}` : `${error.deviceId} could not be read or written`;
}

function exitReason(exit: VmExit): string {
  if (exit.signal) return `QEMU was ended by ${exit.signal}`;
  if (exit.exitCode !== null) return `QEMU ended with exit code ${exit.exitCode}`;
  return 'QEMU ended while nobody watched';
}
