/**
 * One connection to a QMP monitor.
 *
 *   connect ──▶ greeting ──▶ qmp_capabilities ──▶ ready
 *   run(command) ─▶ {execute, id} … {return|error, id} ─▶ promise      late replies are dropped
 *                                   {event}            ─▶ 'event'      may come before the reply of its cause
 *   socket ends ─▶ every waiter is rejected, 'close'
 *
 * A monitor serves one client: a second one connects and hears nothing. So one process owns it.
 */
import { EventEmitter } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { AppError, isAppError } from '../shared/errors';
import { QMP_COMMANDS, type QmpCommand } from './qmp-commands';
import { isLifecycleEvent, parseEvent, type QmpEvent } from './qmp-events';
import { LineSplitter, parseLine, type QmpMessage } from './qmp-wire';

/** More events in a second than this, and those that do not tell how the VM is are dropped. */
const MAX_EVENTS_PER_SECOND = 1_000;

interface Waiter {
  command: string;
  resolve(value: unknown): void;
  reject(error: AppError): void;
  timer: NodeJS.Timeout;
}

interface QmpEvents {
  event: [event: QmpEvent];
  /** The connection is gone, for the given reason. */
  close: [reason: AppError];
}

export class QmpClient extends EventEmitter<QmpEvents> {
  /** What was left out, for the log and for tests. */
  readonly dropped = { events: 0, replies: 0 };

  private readonly lines = new LineSplitter();
  private readonly waiters = new Map<number, Waiter>();
  private nextId = 1;
  private closeReason: AppError | null = null;
  private eventSecond = 0;
  private eventsInSecond = 0;
  private onGreeting: (() => void) | null = null;

  private constructor(private readonly socket: Socket) {
    super();
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (error) => this.fail(unreachable('The connection to QEMU broke.', error.message)));
    socket.on('close', () => this.fail(unreachable('QEMU closed the connection.')));
  }

  /**
   * Connects and negotiates. The returned client's monitor answers commands.
   *
   * @throws AppError `qemu_unreachable` when nothing listens, or nobody answers in time
   */
  static async connect(socketPath: string, { timeoutMs = 3_000 }: { timeoutMs?: number } = {}): Promise<QmpClient> {
    const client = new QmpClient(connectSocket(socketPath));
    const late = unreachable('QEMU does not answer: another program may hold its monitor, or it hangs.');
    const timer = setTimeout(() => client.fail(late), timeoutMs);
    try {
      await client.greeting();
      await client.run('qmp_capabilities', undefined, { timeoutMs });
      return client;
    } finally {
      clearTimeout(timer);
    }
  }

  get isClosed(): boolean {
    return this.closeReason !== null;
  }

  /**
   * Runs one command and returns its reply, unchecked: callers use the typed functions of `qmp-commands`.
   *
   * @param options.timeoutMs how long the reply may take; the command's own limit by default
   * @throws AppError `qemu_failed` when QEMU refuses, `qemu_unreachable` when it does not answer
   */
  run(
    command: QmpCommand,
    args?: Record<string, unknown>,
    { timeoutMs = QMP_COMMANDS[command] }: { timeoutMs?: number } = {},
  ): Promise<unknown> {
    if (this.closeReason) return Promise.reject(this.closeReason);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiters.delete(id);
        reject(unreachable(`QEMU did not answer ${command} within ${timeoutMs / 1000} s.`));
      }, timeoutMs);
      this.waiters.set(id, { command, resolve, reject, timer });
      this.socket.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`);
    });
  }

  /** Closes the connection. QEMU goes on, and takes the next client. */
  close(): void {
    this.fail(unreachable('Skep closed the connection to QEMU.'));
  }

  private greeting(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.once('close', reject);
      this.onGreeting = () => {
        this.off('close', reject);
        resolve();
      };
    });
  }

  private read(chunk: Buffer): void {
    if (this.closeReason) return;
    try {
      for (const line of this.lines.push(chunk)) this.take(parseLine(line));
    } catch (error) {
      this.fail(isAppError(error) ? error : unreachable('Reading from QEMU failed.', String(error)));
    }
  }

  private take(message: QmpMessage): void {
    if (message.kind === 'event') return this.takeEvent(message.name, message.data);
    if (message.kind === 'greeting') {
      this.onGreeting?.();
      this.onGreeting = null;
      return;
    }
    const waiter = message.kind === 'unknown' ? undefined : this.waiters.get(message.id);
    if (!waiter || message.kind === 'unknown') {
      this.dropped.replies++;
      return;
    }
    this.waiters.delete(message.id);
    clearTimeout(waiter.timer);
    if (message.kind === 'reply') waiter.resolve(message.value);
    else waiter.reject(refusal(waiter.command, message.class, message.description));
  }

  private takeEvent(name: string, data: Record<string, unknown>): void {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.eventSecond) {
      this.eventSecond = second;
      this.eventsInSecond = 0;
    }
    if (++this.eventsInSecond > MAX_EVENTS_PER_SECOND && !isLifecycleEvent(name)) {
      this.dropped.events++;
      return;
    }
    this.emit('event', parseEvent(name, data));
  }

  private fail(reason: AppError): void {
    if (this.closeReason) return;
    this.closeReason = reason;
    this.socket.destroy();
    for (const waiter of this.waiters.values()) {
      clearTimeout(waiter.timer);
      waiter.reject(reason);
    }
    this.waiters.clear();
    this.emit('close', reason);
  }
}

function unreachable(message: string, details?: string): AppError {
  return new AppError('qemu_unreachable', message, details === undefined ? {} : { details });
}

function refusal(command: string, errorClass: string, description: string): AppError {
  return new AppError('qemu_failed', `QEMU refused ${command}: ${description.slice(0, 500)}`, {
    details: `${errorClass}: ${description}`,
  });
}
