/** One task while it runs: its abort, its speed, and how often the world hears of it. */
import { inBackground } from '../background';
import { Speed } from './speed';
import type { TaskRun } from './task-kind';
import type { TaskRecord } from './task-store';

const TELL_EVERY_MS = 250;
const STORE_EVERY_MS = 5_000;

interface LiveTaskOptions {
  /** Writes the record to the database. */
  store(): Promise<void>;
  log(line: string): void;
  /** Tells the world of the record. */
  tell(): void;
}

export class LiveTask {
  /** Settles when the work has ended, its undo too. Never rejects. */
  done: Promise<void> = Promise.resolve();
  phrase: string | null = null;
  private readonly abort = new AbortController();
  private readonly speed = new Speed();
  private timer: NodeJS.Timeout | null = null;
  private storedAt = performance.now();

  constructor(
    readonly record: TaskRecord,
    private readonly options: LiveTaskOptions,
  ) {}

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  cancel(): void {
    this.abort.abort();
  }

  /** Nothing more is told of it by a timer. */
  settle(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.phrase = null;
  }

  bytesPerSecond(): number | null {
    return this.speed.perSecond();
  }

  /** The task as its kind's `run` gets it. */
  asRun<Input, Checkpoint>(input: Input, checkpoint: Checkpoint | null): TaskRun<Input, Checkpoint> {
    const { record, options } = this;
    return {
      id: record.id,
      input,
      checkpoint,
      actor: record.actor,
      signal: this.signal,
      progress: (doneBytes, totalBytes) => {
        record.doneBytes = doneBytes;
        record.totalBytes = totalBytes;
        this.speed.add(doneBytes);
        this.tellSoon();
      },
      step: (phrase) => {
        this.phrase = phrase;
        this.tellSoon();
      },
      log: (line) => options.log(line),
      save: async (value) => {
        record.checkpoint = value;
        await options.store();
      },
    };
  }

  private tellSoon(): void {
    if (this.timer || this.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.options.tell();
      if (performance.now() - this.storedAt < STORE_EVERY_MS) return;
      this.storedAt = performance.now();
      inBackground(this.options.store(), 'storing the progress of a task');
    }, TELL_EVERY_MS);
    this.timer.unref();
  }
}
