/** What the guest and QEMU tell us: QMP events → facts, event log, and the end of a guest that powered off. */
import type { QmpClient } from '../qemu/qmp';
import { cont, systemReset } from '../qemu/qmp-commands';
import type { QmpEvent } from '../qemu/qmp-events';
import type { Machine } from './machine';

/** So many resets within `RESET_WINDOW_MS` are a loop. */
const RESET_LOOP = 10;
const RESET_WINDOW_MS = 30_000;

/** Follows the events of one monitor until it closes. */
export function followEvents(machine: Machine, qmp: QmpClient): void {
  const resets = new ResetCounter();
  qmp.on('event', (event: QmpEvent) => {
    handle(machine, qmp, event, resets).catch((error: unknown) => {
      // A monitor that closed meanwhile is handled by the machine itself.
      console.error(`skep: event ${event.name} of VM ${machine.id}: ${String(error)}`);
    });
  });
}

async function handle(machine: Machine, qmp: QmpClient, event: QmpEvent, resets: ResetCounter): Promise<void> {
  const { log } = machine.context;
  switch (event.name) {
    case 'SHUTDOWN':
      if (event.data.guest) await guestPoweredOff(machine, qmp);
      return;
    case 'RESET':
      if (resets.count())
        log.add(machine.id, 'The guest resets again and again: it fails while it boots.', { kind: 'warning' });
      else if (event.data.guest && !resets.looping) log.add(machine.id, 'The guest rebooted.');
      return machine.refresh();
    case 'GUEST_PANICKED':
      log.add(machine.id, 'The guest’s kernel panicked. It stays paused as it was; Reset boots it again.', {
        kind: 'error',
      });
      return machine.refresh();
    case 'BLOCK_IO_ERROR':
      return onDiskError(machine, event);
    case 'STOP':
    case 'RESUME':
    case 'SUSPEND':
    case 'WAKEUP':
      return machine.refresh();
    default:
      return;
  }
}

/** The guest went off; QEMU waits, so that its end is seen even when Skep was away. */
async function guestPoweredOff(machine: Machine, qmp: QmpClient): Promise<void> {
  const { run } = machine;
  if (run && (await machine.runs.isRebootPending(run))) return startAgain(machine, qmp);
  machine.context.log.add(machine.id, 'The guest powered off.');
  await machine.quit();
}

/** A reboot that a person asked for: ACPI knows no reboot, so it is a power-off and a reset. */
export async function startAgain(machine: Machine, qmp: QmpClient): Promise<void> {
  if (machine.run) await machine.runs.setRebootPending(machine.run, false);
  machine.set({ shutdownRequestedAt: null });
  await systemReset(qmp);
  await cont(qmp);
  await machine.refresh();
}

async function onDiskError(machine: Machine, event: Extract<QmpEvent, { name: 'BLOCK_IO_ERROR' }>): Promise<void> {
  const known = machine.facts.ioError;
  const ioError = { deviceId: event.data.nodeName, noSpace: event.data.nospace };
  machine.set({ ioError });
  if (known?.deviceId !== ioError.deviceId || known.noSpace !== ioError.noSpace) {
    const message = ioError.noSpace
      ? `The host has no space left for ${ioError.deviceId}. The VM is paused and nothing is lost: free some space, then Resume.`
      : `The host could not ${event.data.operation} ${ioError.deviceId}. The VM is paused; check the host’s storage, then Resume.`;
    machine.context.log.add(machine.id, message, { kind: 'error', details: event.data.reason });
  }
}

/** Notices a guest that resets without end, once per loop. */
class ResetCounter {
  private times: number[] = [];
  looping = false;

  /** Counts a reset; true when it is the one that makes a loop. */
  count(): boolean {
    const now = performance.now();
    this.times = [...this.times.filter((t) => now - t < RESET_WINDOW_MS), now].slice(-RESET_LOOP);
    const before = this.looping;
    this.looping = this.times.length >= RESET_LOOP;
    return this.looping && !before;
  }
}
