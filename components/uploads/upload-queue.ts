/**
 * All uploads of this page. They go on while one moves through the pages, and after a reload when their files are
 * chosen again. The states are those of `upload-item.ts`; here is what moves an upload from one to the next.
 */
import type { ErrorBody } from '@/lib/shared/errors';
import type { TaskView } from '@/lib/shared/task';
import type { UploadView } from '@/lib/shared/upload';
import { UnreadableFile, type FileReading } from './reader-client';
import { sendFile } from './send-file';
import {
  isActive,
  isOver,
  isSameFile,
  missingItem,
  newItem,
  withProgress,
  withTask,
  type UploadItem,
} from './upload-item';
import { WireError, type UploadWire } from './upload-wire';

/** More at once would not be faster, and one alone would keep a small file waiting behind a large one. */
const AT_ONCE = 2;

interface KnownFile {
  ref: string;
  sizeBytes: number;
  /** SHA-256 in hex, null while nobody knows it. */
  sha256: string | null;
}

interface QueueDeps {
  wire: UploadWire;
  openFile(file: File, onHashed: (bytes: number) => void): FileReading;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Resolves when it is time for another try, or when aborted. */
  wait(attempt: number, signal: AbortSignal): Promise<void>;
}

export class UploadQueue {
  private items: readonly UploadItem[] = [];
  private tasks: readonly TaskView[] = [];
  private library: readonly KnownFile[] = [];
  private readonly files = new Map<string, File>();
  private readonly running = new Map<string, AbortController>();
  private readonly listeners = new Set<() => void>();
  private lastKey = 0;

  constructor(private readonly deps: QueueDeps) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getItems = (): readonly UploadItem[] => this.items;

  /** Takes a file, or goes on with the upload of it that waits. @returns the item's key */
  add(file: File, folder: string | null = null): string {
    const known = this.items.find((item) => isSameFile(item, file) && !isOver(item));
    const item = known ?? newItem(`file-${++this.lastKey}`, file, folder);
    this.files.set(item.key, file);
    if (!known) this.set([...this.items, item]);
    else if (known.phase === 'missing' || known.phase === 'paused') this.resume(item.key);
    this.pump();
    return item.key;
  }

  /** Gives an upload its file again. @returns false when it is another file */
  giveFile(key: string, file: File): boolean {
    const item = this.find(key);
    if (!item || !isSameFile(item, file)) return false;
    this.add(file, item.folder);
    return true;
  }

  pause(key: string): void {
    this.change(key, { phase: 'paused', samples: [] });
    this.running.get(key)?.abort();
  }

  resume(key: string): void {
    this.change(key, { phase: this.files.has(key) ? 'waiting' : 'missing', error: null });
    this.pump();
  }

  /** Sends a file that the library has under another name. */
  sendAnyway(key: string): void {
    this.change(key, { isWanted: true, sameAs: null });
    this.resume(key);
  }

  /** Takes an upload out of the list, and what the server has of it away. @throws WireError when the server cannot */
  async remove(key: string): Promise<void> {
    const item = this.find(key);
    if (!item) return;
    const file = this.files.get(key);
    this.forget(key);
    if (!item.id || isOver(item)) return;
    await this.deps.wire.remove(item.id).catch((error: unknown) => {
      if (error instanceof WireError && error.status === 404) return;
      if (file) this.files.set(key, file);
      this.set([...this.items, { ...item, phase: file ? 'paused' : 'missing', samples: [] }]);
      throw error;
    });
  }

  /** The unfinished uploads that the server has of this user. */
  setUnfinished(uploads: readonly UploadView[]): void {
    const known = new Set(this.items.map(({ id }) => id));
    this.set([...this.items, ...uploads.filter(({ id }) => !known.has(id)).map(missingItem)]);
  }

  /** What the library has, as far as it knows the hashes. */
  setLibrary(files: readonly KnownFile[]): void {
    this.library = files;
  }

  /** What the server says of all tasks. */
  setTasks(tasks: readonly TaskView[]): void {
    this.tasks = tasks;
    const items = this.items.map((item) => this.withItsTask(item));
    for (const [i, item] of items.entries()) if (!item) this.forget(this.items[i]?.key ?? '');
    const left = items.filter((item) => item !== null);
    if (left.length !== this.items.length || left.some((item, i) => item !== this.items[i])) this.set(left);
  }

  /** Ends all that runs; the page goes away. */
  close(): void {
    for (const controller of this.running.values()) controller.abort();
  }

  private withItsTask(item: UploadItem): UploadItem | null {
    const task = item.id === null ? undefined : this.tasks.find(({ id }) => id === item.id);
    return task ? withTask(item, task) : item;
  }

  private pump(): void {
    for (const { key, phase } of this.items) {
      if (this.running.size >= AT_ONCE) return;
      const file = this.files.get(key);
      if (phase === 'waiting' && file && !this.running.has(key)) void this.run(key, file);
    }
  }

  private async run(key: string, file: File): Promise<void> {
    const controller = new AbortController();
    this.running.set(key, controller);
    const reading = this.deps.openFile(file, (bytes) => this.checked(key, bytes));
    try {
      await this.work(key, file, reading, controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) this.stopped(key, error);
    } finally {
      reading.close();
      this.running.delete(key);
      this.pump();
    }
  }

  private async work(key: string, file: File, reading: FileReading, signal: AbortSignal): Promise<void> {
    if (await this.isKnown(key, file, reading, signal)) return;
    const id = await this.create(key, signal);
    const unlessPaused = (change: () => void) => (signal.aborted ? undefined : change());
    await sendFile({
      wire: this.deps.wire,
      reading,
      file,
      id,
      signal,
      onProgress: (bytes) => unlessPaused(() => this.progressed(key, bytes)),
      onPhase: (phase) =>
        unlessPaused(() => this.change(key, phase === 'sending' ? { phase } : { phase, samples: [] })),
      wait: (attempt) => this.deps.wait(attempt, signal),
    });
    this.finishing(key);
  }

  /** Whether the library has the content already. The file is hashed only when one of its size is there. */
  private async isKnown(key: string, file: File, reading: FileReading, signal: AbortSignal): Promise<boolean> {
    const candidates = this.library.filter(({ sizeBytes, sha256 }) => sizeBytes === file.size && sha256);
    if (candidates.length === 0 || this.find(key)?.isWanted) return false;
    this.change(key, { phase: 'checking' });
    const hash = await reading.wholeSha256();
    signal.throwIfAborted();
    const same = candidates.find(({ sha256 }) => sha256 === hash);
    this.change(key, same ? { phase: 'same', sameAs: same.ref } : { isWanted: true, doneBytes: 0, samples: [] });
    return same !== undefined;
  }

  private async create(key: string, signal: AbortSignal): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      const item = this.find(key);
      if (!item) throw new Error('It was taken out of the list.');
      if (item.id) return item.id;
      try {
        const { name, folder, sizeBytes, modifiedMs } = item;
        const { id } = await this.deps.wire.create({ name, folder, sizeBytes, modifiedMs });
        this.change(key, { id, isWanted: true });
        // It was cancelled while the server made it.
        if (!this.find(key)) await this.deps.wire.remove(id);
        signal.throwIfAborted();
      } catch (error) {
        if (signal.aborted || !(error instanceof WireError) || error.status !== 'cut') throw error;
        this.change(key, { phase: 'retrying' });
        await this.deps.wait(attempt, signal);
        signal.throwIfAborted();
      }
    }
  }

  private finishing(key: string): void {
    this.change(key, { phase: 'finishing', samples: [], error: null });
    // The news of its end may have come before.
    this.setTasks(this.tasks);
  }

  private stopped(key: string, error: unknown): void {
    const isGone = error instanceof WireError && error.status === 404;
    const item = this.find(key);
    if (isGone && item?.id && this.tasks.some(({ id }) => id === item.id)) return this.finishing(key);
    if (error instanceof UnreadableFile) this.files.delete(key);
    this.change(key, { phase: phaseAfter(error), samples: [], error: toBody(error) });
  }

  private checked(key: string, bytes: number): void {
    if (this.find(key)?.phase === 'checking') this.progressed(key, bytes);
  }

  private progressed(key: string, bytes: number): void {
    const item = this.find(key);
    if (item && isActive(item)) this.change(key, withProgress(item, bytes, this.deps.now()));
  }

  private forget(key: string): void {
    this.running.get(key)?.abort();
    this.files.delete(key);
    this.set(this.items.filter((item) => item.key !== key));
  }

  private find(key: string): UploadItem | undefined {
    return this.items.find((item) => item.key === key);
  }

  private change(key: string, change: Partial<UploadItem>): void {
    const item = this.find(key);
    if (!item || isOver(item)) return;
    this.set(this.items.map((one) => (one.key === key ? { ...one, ...change } : one)));
  }

  private set(items: readonly UploadItem[]): void {
    this.items = items;
    for (const listener of this.listeners) listener();
  }
}

/** What cannot be helped fails; what somebody can put right (space, sign-in, another tab, the file) waits for it. */
function phaseAfter(error: unknown): UploadItem['phase'] {
  if (error instanceof UnreadableFile) return 'missing';
  if (!(error instanceof WireError)) return 'failed';
  return error.status === 507 || error.status === 401 || error.body.code === 'busy' ? 'paused' : 'failed';
}

function toBody(error: unknown): ErrorBody {
  if (error instanceof WireError) return error.body;
  if (error instanceof UnreadableFile)
    return {
      code: 'invalid_input',
      message: 'The file cannot be read any more: it was changed or moved. Choose it again.',
      details: error.message,
    };
  return { code: 'internal', message: 'The upload failed in this page. Try it again.', details: String(error) };
}
