/**
 * All long work: started, shown, cancelled, and never half done.
 *
 *   start ─▶ row (queued) ─▶ run ──▶ done
 *                             │ throws, or is cancelled
 *                             └────▶ undo ─▶ row (failed | cancelled)
 *
 *   Skep was killed ─▶ resume: onRestart `continue` runs again from the checkpoint, `undo` undoes
 *
 * A row is written before the work begins and after its undo has ended, so whatever a kill cuts short is found again.
 */
import { randomUUID } from 'node:crypto';
import { AppError, toErrorBody, type ErrorBody } from '../../shared/errors';
import { isEnded, type TaskStatus, type TaskView } from '../../shared/task';
import { inBackground } from '../background';
import { createLimiter } from '../parallel';
import type { Actor, TaskService } from '../types';
import { LiveTask } from './live-task';
import type { TaskKind } from './task-kind';
import { surplusTasks, withLogLine, type TaskRecord, type TaskStore } from './task-store';

const HEAVY_AT_ONCE = 2;

/** A kind whose types are its own affair: what `Tasks` needs of it, taking what the row says. */
interface Runner {
  onRestart: 'continue' | 'undo';
  isHeavy: boolean;
  run(live: LiveTask): Promise<void>;
  undo(record: TaskRecord): Promise<void>;
}

/** Starts a task of one kind. Answers as soon as it is in the list. */
export type TaskStarter<Input> = (actor: Actor | null, input: Input, about?: { vmId?: string }) => Promise<TaskView>;

interface TasksOptions {
  store: TaskStore;
  onChange(task: TaskView): void;
  onGone(id: string): void;
}

export class Tasks implements TaskService {
  private readonly runners = new Map<string, Runner>();
  private readonly heavy = createLimiter(HEAVY_AT_ONCE);
  private readonly records = new Map<string, TaskRecord>();
  private readonly live = new Map<string, LiveTask>();
  private isClosing = false;

  constructor(private readonly options: TasksOptions) {}

  /** Makes a kind of work known. Call it before `resume`. @returns what starts such a task */
  register<Input, Checkpoint>(kind: TaskKind<Input, Checkpoint>): TaskStarter<Input> {
    const checkpointOf = (record: TaskRecord) => kind.checkpoint?.safeParse(record.checkpoint).data ?? null;
    this.runners.set(kind.kind, {
      onRestart: kind.onRestart,
      isHeavy: kind.isHeavy,
      run: (live) => kind.run(live.asRun(kind.input.parse(live.record.input), checkpointOf(live.record))),
      undo: (record) => kind.undo(kind.input.parse(record.input), checkpointOf(record), record.id),
    });
    return (actor, input, about = {}) => this.start(kind.kind, kind.title(input), actor, input, about.vmId ?? null);
  }

  /** Reads what is kept, and goes on with, or undoes, what the last Skep did not end. */
  async resume(): Promise<void> {
    for (const record of await this.options.store.list()) this.records.set(record.id, record);
    const cut = [...this.records.values()].filter(({ status }) => !isEnded(status));
    await Promise.all(cut.map((record) => this.resumeOne(record)));
  }

  list(): TaskView[] {
    return [...this.records.values()].reverse().map((record) => this.view(record));
  }

  get(id: string): TaskView {
    return this.view(this.record(id));
  }

  log(id: string): string {
    return this.record(id).log;
  }

  async cancel(actor: Actor, id: string): Promise<TaskView> {
    const record = this.record(id);
    const live = this.live.get(id);
    if (!live) throw new AppError('wrong_state', `“${record.title}” has ended already.`);
    this.addLog(record, `${actor.name} cancelled it.`);
    live.cancel();
    await live.done;
    return this.get(id);
  }

  async forget(_actor: Actor, ids: string[]): Promise<void> {
    const ended = ids.filter((id) => {
      const record = this.records.get(id);
      return record !== undefined && isEnded(record.status);
    });
    for (const id of ended) this.records.delete(id);
    await this.options.store.delete(ended);
    for (const id of ended) this.options.onGone(id);
  }

  /** Resolves when a task has ended, whichever way. @throws AppError `not_found` */
  async ended(id: string): Promise<TaskView> {
    await this.live.get(id)?.done;
    return this.get(id);
  }

  /** Stops what runs, without undoing it: the next Skep resumes it. */
  async close(): Promise<void> {
    this.isClosing = true;
    const running = [...this.live.values()];
    for (const live of running) live.cancel();
    await Promise.all(running.map(({ done }) => done));
  }

  private async start(
    kind: string,
    title: string,
    actor: Actor | null,
    input: unknown,
    vmId: string | null,
  ): Promise<TaskView> {
    if (this.isClosing) throw new AppError('busy', 'Skep is stopping. Try again when it is back.');
    const record: TaskRecord = {
      id: randomUUID(),
      kind,
      title,
      status: 'queued',
      input,
      checkpoint: null,
      doneBytes: 0,
      totalBytes: null,
      error: null,
      log: '',
      vmId,
      actor,
      createdAt: new Date(),
      startedAt: null,
      endedAt: null,
    };
    await this.options.store.insert(record);
    this.records.set(record.id, record);
    this.launch(record, this.runner(kind));
    return this.view(record);
  }

  private async resumeOne(record: TaskRecord): Promise<void> {
    const runner = this.runners.get(record.kind);
    if (runner?.onRestart === 'continue') {
      this.addLog(record, 'Skep started again, and goes on with it.');
      return this.launch(record, runner);
    }
    this.addLog(record, 'Skep ended before it was done.');
    await runner?.undo(record).catch((error: unknown) => this.addLog(record, `Tidying up failed: ${String(error)}`));
    await this.end(record, 'failed', {
      code: 'wrong_state',
      message: 'Skep ended before this was done. What was there of it has been removed; start it again.',
    });
  }

  private launch(record: TaskRecord, runner: Runner): void {
    const live = new LiveTask(record, {
      store: () => this.options.store.update(record),
      log: (line) => this.addLog(record, line),
      tell: () => this.tell(record),
    });
    this.live.set(record.id, live);
    this.tell(record);
    live.done = this.work(live, runner);
  }

  private async work(live: LiveTask, runner: Runner): Promise<void> {
    const { record } = live;
    let failure: unknown = null;
    try {
      const go = async () => {
        live.signal.throwIfAborted();
        record.status = 'running';
        record.startedAt ??= new Date();
        await this.options.store.update(record);
        this.tell(record);
        live.signal.throwIfAborted();
        await runner.run(live);
      };
      await (runner.isHeavy ? this.heavy.run(go) : go());
    } catch (error) {
      failure = error ?? new Error('It failed without saying why.');
    }
    live.settle();
    if (failure === null) return this.end(record, 'done', null);
    // The row stays as it is: the next Skep finds it unfinished and resumes it.
    if (this.isClosing) return void this.live.delete(record.id);
    await runner.undo(record).catch((error: unknown) => this.addLog(record, `Tidying up failed: ${String(error)}`));
    if (live.signal.aborted) return this.end(record, 'cancelled', null);
    const body = toErrorBody(failure);
    if (body.code === 'internal') console.error(`skep: the task “${record.title}” failed:`, failure);
    this.addLog(record, body.message);
    await this.end(record, 'failed', body);
  }

  private async end(record: TaskRecord, status: TaskStatus, error: ErrorBody | null): Promise<void> {
    record.status = status;
    record.error = error;
    record.endedAt = new Date();
    this.live.delete(record.id);
    await this.options.store.update(record).catch((cause: unknown) => {
      console.error(`skep: the end of the task “${record.title}” could not be stored: ${String(cause)}`);
    });
    this.tell(record);
    inBackground(this.prune(), 'forgetting old tasks');
  }

  private async prune(): Promise<void> {
    const surplus = surplusTasks([...this.records.values()].filter(({ status }) => isEnded(status)));
    if (surplus.length === 0) return;
    for (const id of surplus) this.records.delete(id);
    await this.options.store.delete(surplus);
    for (const id of surplus) this.options.onGone(id);
  }

  private addLog(record: TaskRecord, line: string): void {
    record.log = withLogLine(record.log, new Date(), line);
  }

  private tell(record: TaskRecord): void {
    this.options.onChange(this.view(record));
  }

  private record(id: string): TaskRecord {
    const record = this.records.get(id);
    if (record) return record;
    throw new AppError('not_found', 'There is no such task. Old ones are forgotten after a while.');
  }

  private runner(kind: string): Runner {
    const runner = this.runners.get(kind);
    if (runner) return runner;
    throw new AppError('internal', `No work of the kind ${kind} is known.`);
  }

  private view(record: TaskRecord): TaskView {
    const live = this.live.get(record.id);
    return {
      id: record.id,
      kind: record.kind,
      title: record.title,
      status: record.status,
      doneBytes: record.doneBytes,
      totalBytes: record.totalBytes,
      bytesPerSecond: live?.bytesPerSecond() ?? null,
      step: live?.phrase ?? null,
      actor: record.actor?.name ?? null,
      vmId: record.vmId,
      error: record.error,
      createdAt: record.createdAt.toISOString(),
      startedAt: record.startedAt?.toISOString() ?? null,
      endedAt: record.endedAt?.toISOString() ?? null,
    };
  }
}
