/** The power verbs: asked for by a person, allowed by one table, one at a time per VM. */
import { killIfSame } from '../qemu/process';
import { cont, stop, systemPowerdown, systemReset } from '../qemu/qmp-commands';
import { saveState } from '../qemu/save-state';
import { AppError } from '../shared/errors';
import type { VmVerb } from '../shared/vm';
import { VERB_LABELS, whyNot } from '../shared/vm-can';
import { inBackground } from './background';
import type { Machine } from './machine';
import type { Operation, Operations } from './operations';
import { removeSavedState, stateFile, writeSavedRecord } from './saved-state';
import { requireSpace } from './space';
import { restoreVm, startVm, type StartDeps } from './start';
import type { Actor } from './types';
import { buildView, type VmEntry } from './vm-entry';

export type PowerVerb = Exclude<VmVerb, 'delete'>;

/** How long QEMU may take to end after `quit`, and after each signal that follows. */
const QUIT_MS = 3000;
const SIGNALS = [
  ['SIGTERM', 2000],
  ['SIGKILL', 5000],
] as const;

export class Power {
  constructor(
    private readonly operations: Operations,
    private readonly deps: StartDeps,
  ) {}

  /**
   * Does one verb.
   *
   * @throws AppError `wrong_state` or `busy` with the sentence of `vm-can`; else what went wrong
   */
  async run(actor: Actor | null, entry: VmEntry, verb: PowerVerb): Promise<void> {
    const { definition, machine } = entry;
    const under = this.operations.find(definition.id);
    if (under?.verb === verb) return under.done;
    const reason = whyNot(verb, buildView(entry, under));
    if (reason) throw new AppError(under ? 'busy' : 'wrong_state', reason);
    if (verb === 'cancel') return this.cancel(entry);
    await this.operations.run(definition, verb, async (operation) => {
      try {
        await this.act(entry, verb, operation);
      } catch (error) {
        const details = error instanceof Error ? error.message : String(error);
        machine.context.log.add(definition.id, `${VERB_LABELS[verb]} failed.`, { kind: 'error', details, actor });
        if (verb === 'start' || verb === 'restore') machine.set({ startFailure: details });
        throw error;
      }
      machine.context.log.add(definition.id, DONE[verb], { actor });
    });
  }

  private async act(entry: VmEntry, verb: PowerVerb, operation: Operation): Promise<void> {
    const { machine } = entry;
    switch (verb) {
      case 'start':
        return startVm(this.deps, entry, operation);
      case 'restore':
        return restoreVm(this.deps, entry, operation);
      case 'shutdown':
        return shutDown(machine, false);
      case 'reboot':
        return shutDown(machine, true);
      case 'reset':
        return reset(machine);
      case 'pause':
        await stop(machine.monitor());
        return machine.refresh();
      case 'resume':
        await cont(machine.monitor());
        return machine.refresh();
      case 'force-off':
        return forceOff(machine);
      case 'save':
        return this.save(entry, operation);
      case 'discard-state':
        await removeSavedState(machine.folder);
        return machine.set({ savedAt: null });
      case 'cancel':
        return;
    }
  }

  /** Stops what is being made; whoever makes it removes what is there so far. */
  private cancel({ definition }: VmEntry): void {
    this.operations.find(definition.id)?.abort.abort();
  }

  private async save(entry: VmEntry, operation: Operation): Promise<void> {
    const { machine } = entry;
    const { run } = machine;
    const qmp = machine.monitor();
    if (!run) throw new AppError('wrong_state', 'The VM is not running.');
    const wasRunning = machine.facts.runState === 'running';
    const { spec, accelerator, qemuVersion } = run.record;
    await requireSpace(machine.folder, spec.memoryMiB * 1024 ** 2, 'the memory of the VM');
    await writeSavedRecord(machine.folder, { spec, accelerator, qemuVersion });
    try {
      const onProgress = (progress: number) => this.deps.onProgress(entry, operation, progress);
      const { signal } = operation.abort;
      await saveState({
        qmp,
        runDir: run.dir,
        file: stateFile(machine.folder),
        onProgress,
        signal,
        runAs: machine.context.runAs,
      });
    } catch (error) {
      await removeSavedState(machine.folder);
      if (wasRunning) await cont(qmp).catch(() => undefined); // the monitor may be what failed
      await machine.refresh();
      throw error;
    }
    await end(machine);
  }
}

const DONE: Record<PowerVerb, string> = {
  start: 'Started.',
  restore: 'Restored from disk.',
  shutdown: 'Shut down was asked of the guest.',
  reboot: 'Reboot was asked of the guest.',
  reset: 'Reset.',
  pause: 'Paused.',
  resume: 'Resumed.',
  'force-off': 'Forced off.',
  save: 'Saved to disk.',
  'discard-state': 'The saved state was discarded.',
  cancel: 'Cancelled.',
};

/** Presses the power button. The guest may take its time, or ignore it: the machine watches the clock. */
async function shutDown(machine: Machine, reboot: boolean): Promise<void> {
  const qmp = machine.monitor();
  if (machine.run) await machine.runs.setRebootPending(machine.run, reboot);
  await systemPowerdown(qmp);
  const requestedAt = new Date();
  machine.set({ shutdownRequestedAt: requestedAt });
  const giveUp = () => inBackground(giveUpWaiting(machine, requestedAt), `waiting for VM ${machine.id}`);
  machine.later(machine.context.shutdownTimeoutMs(), giveUp);
}

async function giveUpWaiting(machine: Machine, requestedAt: Date): Promise<void> {
  if (machine.facts.shutdownRequestedAt !== requestedAt) return;
  if (machine.run) await machine.runs.setRebootPending(machine.run, false);
  machine.set({ shutdownRequestedAt: null });
  machine.context.log.add(
    machine.id,
    'The guest did not react to the power button. Force off is the way if it stays so.',
    {
      kind: 'warning',
    },
  );
}

async function reset(machine: Machine): Promise<void> {
  const qmp = machine.monitor();
  const stopped = machine.facts.runState !== 'running' && machine.facts.runState !== 'paused';
  machine.set({ shutdownRequestedAt: null });
  await systemReset(qmp);
  if (stopped) await cont(qmp);
  await machine.refresh();
}

async function forceOff(machine: Machine): Promise<void> {
  if (!machine.facts.processAlive) return;
  if (machine.facts.answering) return end(machine);
  await machine.expectEnd();
  await signalUntilGone(machine);
}

/** Ends QEMU: by its monitor, and by signals when that does not help. */
async function end(machine: Machine): Promise<void> {
  await machine.quit();
  if (!(await machine.waitForEnd(QUIT_MS))) await signalUntilGone(machine);
}

async function signalUntilGone(machine: Machine): Promise<void> {
  const { process } = machine;
  if (!process) return;
  const who = { pid: process.pid, startTimeTicks: process.startTimeTicks, uuid: machine.id };
  for (const [signal, waitMs] of SIGNALS) {
    killIfSame(who, signal);
    if (await machine.waitForEnd(waitMs)) return;
  }
  throw new AppError(
    'qemu_unreachable',
    `QEMU (process ${process.pid}) does not end, not even by SIGKILL: the host’s storage may hang.`,
  );
}
