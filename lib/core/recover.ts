/**
 * A VM at Skep's start: re-attached to when its process lives, and told how it ended when not. What a stop of
 * Skep cut short is carried on.
 *
 *   process lives ──▶ attach ──▶ prelaunch    a start was cut short       let it run
 *                                inmigrate    a restore was cut short     end it; the state is still on disk
 *                                postmigrate  a save was cut short        whole on disk? end it, else let it run
 *                                shutdown     the guest went off          end it, or start it again for a reboot
 *   process gone  ──▶ another boot of the host? it restarted · end asked for? fine · else a crash
 */
import type { QemuExit } from '../qemu/launch-error';
import { cont } from '../qemu/qmp-commands';
import type { Machine } from './machine';
import { startAgain } from './machine-events';
import { logTail } from './qemu-log';
import type { FoundRun } from './run-dir';
import { findSavedState, removeSavedState } from './saved-state';

/** How many lines of QEMU's log tell of a crash. */
const TAIL_LINES = 50;

/** Finds out what a VM does now. */
export async function recover(machine: Machine): Promise<void> {
  machine.set({ lastExit: await machine.runs.readLastExit(), savedAt: await findSavedState(machine.folder) });
  for (const found of await machine.runs.find()) {
    if (isLiving(found) && !machine.run) await adopt(machine, found);
    else await buryRun(machine, found);
  }
}

type LivingRun = FoundRun & { process: NonNullable<FoundRun['process']> };

function isLiving(found: FoundRun): found is LivingRun {
  return found.process !== null;
}

async function adopt(machine: Machine, found: LivingRun): Promise<void> {
  try {
    await machine.attach(found.run, found.process, null, null);
    if (found.ending) await machine.quit();
    else await finishCutShort(machine);
  } catch {
    machine.keepConnecting();
  }
}

/** A run whose process is gone: says how it ended, then cleans up. */
async function buryRun(machine: Machine, found: FoundRun): Promise<void> {
  if (found.process) return;
  if (found.otherBoot) {
    machine.set({ hostRestarted: true });
    machine.context.log.add(machine.id, 'The host restarted while the VM ran.', { kind: 'warning' });
  } else if (!found.ending) await recordCrash(machine, { code: null, signal: null });
  await machine.runs.remove(found.run);
}

/** Carries on what a stop of Skep cut short, with a machine that answers again. */
export async function finishCutShort(machine: Machine): Promise<void> {
  const { run } = machine;
  if (!run) return;
  const qmp = machine.monitor();
  switch (machine.facts.runState) {
    case 'prelaunch':
      await cont(qmp);
      break;
    case 'inmigrate':
      return machine.quit();
    case 'postmigrate':
      // The state file has its name only when it is whole: without it the guest goes on from memory.
      if (machine.facts.savedAt) return machine.quit();
      await cont(qmp);
      break;
    case 'shutdown':
      if (await machine.runs.isRebootPending(run)) return startAgain(machine, qmp);
      return machine.quit();
    default:
      // A restore that was cut short at its very end: the guest is in memory, and what is on disk is old from now on.
      if (machine.facts.savedAt) await removeSavedState(machine.folder);
      return machine.set({ savedAt: null });
  }
  await machine.refresh();
}

/** Notes an end that nobody asked for, with QEMU's last words. */
export async function recordCrash(machine: Machine, exit: QemuExit): Promise<void> {
  const tail = await logTail(machine.logFile, TAIL_LINES);
  const lastExit = { at: new Date().toISOString(), exitCode: exit.code, signal: exit.signal, logTail: tail };
  machine.set({ lastExit });
  const code = exit.code === null ? '' : ` with exit code ${exit.code}`;
  const how = exit.signal ? `was ended by ${exit.signal}` : `ended${code}`;
  machine.context.log.add(machine.id, `QEMU ${how} unexpectedly.`, { kind: 'error', details: tail });
  await machine.runs.writeLastExit(lastExit);
}
