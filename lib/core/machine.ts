/**
 * One VM that may be running: the owner of its process, its monitor and its serial port.
 *
 *   start ──▶ launch (paused) ──┐
 *                               ├──▶ attach ──▶ settle ──▶ facts ──▶ status (machine-status.ts)
 *   Skep's start ──▶ recover ───┘  (recover.ts)   ▲
 *                                                └── QMP events (machine-events.ts)
 *   monitor closes ──▶ process gone?  yes ──▶ ended       no ──▶ unreachable, connect again
 *
 * A fresh start and a re-attach share `attach`. Nothing here stops a guest when Skep stops: `detach` only lets go.
 */
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { readProcess, type ProcessInfo } from '../qemu/process';
import type { QemuExit } from '../qemu/launch-error';
import type { RunAs } from '../qemu/run-as';
import { RUN_FILES } from '../qemu/run-files';
import { QmpClient } from '../qemu/qmp';
import { queryStatus, quit } from '../qemu/qmp-commands';
import { devicesOf } from '../shared/device';
import { AppError } from '../shared/errors';
import { inBackground } from './background';
import type { EventLog } from './event-log';
import { followEvents } from './machine-events';
import { NO_FACTS, type MachineFacts } from './machine-status';
import { capLog } from './qemu-log';
import { finishCutShort, recordCrash } from './recover';
import { RunStore, type Run } from './run-dir';
import { isSerialTaken, openSerial, type QemuSerial } from './serial';
import type { HomePaths } from './types';
import { keepSerialLog } from './serial-log';
import { findSavedState } from './saved-state';
import { waitFor } from './wait';

const CONNECT_TIMEOUT_MS = 3000;
const RECONNECT_EVERY_MS = 2000;
/** A QEMU that hangs keeps its sockets open: only a question that gets no answer shows it. */
const HEARTBEAT_EVERY_MS = 10_000;
/** How long after its monitor closed a process may take to be gone. */
const EXIT_GRACE_MS = 3000;

export interface MachineContext {
  home: HomePaths;
  runAs: RunAs | null;
  log: EventLog;
  onChange(vmId: string): void;
  shutdownTimeoutMs(): number;
}

export class Machine {
  facts: MachineFacts = { ...NO_FACTS };
  run: Run | null = null;
  process: ProcessInfo | null = null;
  serial: QemuSerial | null = null;
  readonly runs: RunStore;
  private qmp: QmpClient | null = null;
  private exited: Promise<QemuExit> | null = null;
  private endExpected = false;
  private timers = new Set<NodeJS.Timeout>();
  private detached = false;
  private isReconnecting = false;

  constructor(
    readonly id: string,
    readonly context: MachineContext,
  ) {
    this.runs = new RunStore(context.home.run, id, context.runAs);
  }

  get folder(): string {
    return join(this.context.home.vms, this.id);
  }

  get logFile(): string {
    return join(this.folder, 'qemu.log');
  }

  /** Takes over a process whose first QMP reply has come (`qmp`), or which was found again (`qmp` null). */
  async attach(run: Run, process: ProcessInfo, qmp: QmpClient | null, exited: Promise<QemuExit> | null): Promise<void> {
    this.run = run;
    this.process = process;
    this.exited = exited;
    this.endExpected = false;
    this.set({ ...NO_FACTS, savedAt: this.facts.savedAt, processAlive: true });
    await this.settle(qmp ?? (await connectMonitor(run)));
  }

  /** The monitor. @throws AppError `qemu_unreachable` */
  monitor(): QmpClient {
    if (this.qmp) return this.qmp;
    throw new AppError('qemu_unreachable', 'The VM’s QEMU does not answer. Force off is the way out if it stays so.');
  }

  /** Asks QEMU for its run state again and publishes what changed. */
  async refresh(): Promise<void> {
    if (!this.qmp) return;
    const { status } = await queryStatus(this.qmp);
    const ioError = status === 'io-error' ? this.facts.ioError : null;
    this.set({ runState: status, ioError });
  }

  /** The coming end is wanted: it is no crash. A full disk must not keep anybody from ending a VM. */
  async expectEnd(): Promise<void> {
    this.endExpected = true;
    if (!this.run) return;
    await this.runs.markEnding(this.run).catch((error: unknown) => {
      console.error(`skep: the end of VM ${this.id} could not be noted: ${String(error)}`);
    });
  }

  /** Resolves true when the process has gone within the time. */
  async waitForEnd(timeoutMs: number): Promise<boolean> {
    return waitFor(() => !this.facts.processAlive, timeoutMs);
  }

  /** Sends QEMU `quit`; the guest gets no warning. */
  async quit(): Promise<void> {
    await this.expectEnd();
    if (this.qmp) await quit(this.qmp).catch(() => undefined); // the socket may close before the reply
  }

  /** A fresh connection to the VNC server. @throws AppError `qemu_unreachable` | `wrong_state` */
  connectVnc(): Promise<Socket> {
    const { run } = this;
    if (!run || !this.facts.processAlive) throw new AppError('wrong_state', 'The VM is not running.');
    return new Promise((resolve, reject) => {
      const socket = connect(join(run.dir, RUN_FILES.vnc));
      socket.once('connect', () => resolve(socket));
      socket.once('error', (error) =>
        reject(new AppError('qemu_unreachable', 'The VM’s screen does not answer.', { cause: error })),
      );
    });
  }

  /** Merges facts and publishes. */
  set(facts: Partial<MachineFacts>): void {
    this.facts = { ...this.facts, ...facts };
    this.context.onChange(this.id);
  }

  /** A timer that dies with this object and keeps no process alive. */
  later(ms: number, work: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, ms);
    timer.unref();
    this.timers.add(timer);
    return timer;
  }

  /** Lets go of the process without sending it anything. */
  detach(): void {
    this.detached = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.qmp?.close();
    this.serial?.close();
  }

  /** First look after a connect: subscribe, ask, finish what was cut short. */
  private async settle(qmp: QmpClient): Promise<void> {
    this.qmp = qmp;
    followEvents(this, qmp);
    qmp.on('close', () => inBackground(this.onMonitorClosed(qmp), `following VM ${this.id}`));
    try {
      const { status } = await queryStatus(qmp);
      this.set({ answering: true, runState: status });
    } catch (error) {
      qmp.close(); // a monitor that connects and does not answer is none: it is tried again
      throw error;
    }
    this.beatLater(qmp);
    await this.openSerialPort();
  }

  private beatLater(qmp: QmpClient): void {
    this.later(HEARTBEAT_EVERY_MS, () => inBackground(this.heartbeat(qmp), `looking after VM ${this.id}`));
  }

  private async heartbeat(qmp: QmpClient): Promise<void> {
    if (this.qmp !== qmp) return;
    try {
      const { status } = await queryStatus(qmp);
      if (!this.facts.answering || status !== this.facts.runState) this.set({ answering: true, runState: status });
    } catch {
      if (this.qmp === qmp && this.facts.answering) this.set({ answering: false });
    }
    if (this.qmp === qmp) this.beatLater(qmp);
    // A guest or a viewer can make QEMU write without end.
    await capLog(this.logFile);
  }

  private async openSerialPort(): Promise<void> {
    const { run, qmp } = this;
    if (!run || !qmp || this.serial || devicesOf(run.record.spec, 'serial').length === 0) return;
    try {
      const epoch = `${run.startId}-${Date.now().toString(36)}`;
      const socketPath = join(run.dir, RUN_FILES.serial);
      this.serial = await openSerial({ socketPath, epoch, isTaken: () => isSerialTaken(qmp) });
      const why = this.exited ? 'the VM was started' : 'Skep came back to the running VM';
      keepSerialLog(this.serial, this.folder, `${new Date().toISOString()}: ${why}`);
    } catch (error) {
      this.context.log.add(this.id, 'The serial console could not be opened.', {
        kind: 'warning',
        details: String(error),
      });
    }
  }

  private async onMonitorClosed(qmp: QmpClient): Promise<void> {
    if (this.detached || this.qmp !== qmp) return;
    this.qmp = null;
    const exit = await this.awaitExit();
    if (this.detached) return;
    if (exit) await this.ended(exit);
    else this.keepConnecting();
  }

  /** How the process ended, or null when it lives on. */
  private async awaitExit(): Promise<QemuExit | null> {
    let childExit: QemuExit | null = null;
    void this.exited?.then((exit) => (childExit = exit));
    const gone = await waitFor(() => childExit !== null || !this.isProcessAlive(), EXIT_GRACE_MS);
    if (!gone) return null;
    if (this.exited) await waitFor(() => childExit !== null, 200);
    return childExit ?? { code: null, signal: null };
  }

  private isProcessAlive(): boolean {
    const now = this.process && readProcess(this.process.pid);
    return Boolean(now && now.startTimeTicks === this.process?.startTimeTicks);
  }

  /** Its process lives and its monitor does not answer: tries again until one of the two changes. */
  keepConnecting(): void {
    this.set({ answering: false });
    if (this.isReconnecting) return;
    this.isReconnecting = true;
    this.later(RECONNECT_EVERY_MS, () => inBackground(this.tryReconnect(), `reconnecting to VM ${this.id}`));
  }

  private async tryReconnect(): Promise<void> {
    const { run } = this;
    try {
      if (!run || this.detached || this.qmp) return;
      if (!this.isProcessAlive()) return await this.ended({ code: null, signal: null });
      await this.settle(await connectMonitor(run));
      await finishCutShort(this);
    } catch {
      // Still silent.
    } finally {
      this.isReconnecting = false;
    }
    if (!this.qmp && this.facts.processAlive) this.keepConnecting();
  }

  private async ended(exit: QemuExit): Promise<void> {
    const { run } = this;
    if (!run) return; // told already
    this.run = null;
    this.serial?.close();
    this.serial = null;
    this.qmp = null;
    try {
      if (this.endExpected) this.context.log.add(this.id, 'Stopped.');
      else await recordCrash(this, exit);
      await this.runs.remove(run);
    } finally {
      this.process = null;
      this.exited = null;
      this.set({ ...NO_FACTS, lastExit: this.facts.lastExit, savedAt: await findSavedState(this.folder) });
    }
  }

  /** Forgets how the last run ended; a new one begins. */
  async clearLastExit(): Promise<void> {
    await this.runs.writeLastExit(null);
    this.set({ lastExit: null, hostRestarted: false });
  }
}

/** A monitor serves one client: when somebody else holds the first, the rescue monitor does the same. */
async function connectMonitor({ dir }: Run): Promise<QmpClient> {
  try {
    return await QmpClient.connect(join(dir, RUN_FILES.qmp), { timeoutMs: CONNECT_TIMEOUT_MS });
  } catch {
    return QmpClient.connect(join(dir, RUN_FILES.rescue), { timeoutMs: CONNECT_TIMEOUT_MS });
  }
}
