/**
 * Uploads: files that arrive in pieces, from a browser that may go away and come back.
 *
 *   create ─▶ task `upload` ─▶ space reserved, part file ─▶ waits for chunks … ─▶ SHA-256 ─▶ library
 *                                   ▲                              │
 *                                   └── Skep was killed: reopen ◀──┘ checkpoint
 *
 * An upload is its user's: for everybody else its id does not exist (T-31).
 */
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { bootId } from '../../qemu/process';
import { libraryRefOf } from '../../shared/device';
import { AppError, errnoOf } from '../../shared/errors';
import { isEnded, taskId } from '../../shared/task';
import { sha256Hex, uploadCreate, type UploadCreate, type UploadView } from '../../shared/upload';
import type { Incoming } from '../library/incoming';
import type { Library } from '../library/library';
import type { TaskKind, TaskRun } from '../tasks/task-kind';
import type { Tasks, TaskStarter } from '../tasks/tasks';
import type { Actor } from '../types';
import type { UploadService } from './upload-service';
import { UploadSession, type UploadChunk } from './upload-session';

const checkpoint = z.strictObject({
  /** Names the part file, for the undo. */
  taskId,
  /** Bytes that are on the disk, whatever happens to the host. */
  offset: z.int().min(0),
  /** The host's boot in which that was said. */
  bootId: z.string(),
  wholeSha256: sha256Hex.nullable(),
});
type Checkpoint = z.infer<typeof checkpoint>;

interface Upload {
  input: UploadCreate;
  actor: Actor | null;
  session: UploadSession;
}

interface UploadsOptions {
  tasks: Tasks;
  library: Pick<Library, 'receive' | 'reopen' | 'discard' | 'find'>;
}

export class Uploads implements UploadService {
  private readonly uploads = new Map<string, Upload>();
  private readonly whenOpen = new Map<string, () => void>();
  private readonly start: TaskStarter<UploadCreate>;

  constructor(private readonly options: UploadsOptions) {
    const kind: TaskKind<UploadCreate, Checkpoint> = {
      kind: 'upload',
      input: uploadCreate,
      checkpoint,
      onRestart: 'continue',
      isHeavy: false,
      title: ({ name }) => `Upload ${name}`,
      run: (run) => this.run(run),
      undo: (input, saved) => this.undo(input, saved),
    };
    this.start = options.tasks.register(kind);
  }

  async create(actor: Actor, input: UploadCreate): Promise<UploadView> {
    const [id] = this.sameName(actor, input);
    if (id) return this.get(actor, id);
    const { tasks } = this.options;
    const task = await this.start(actor, input);
    await Promise.race([this.opened(task.id), tasks.ended(task.id)]);
    this.whenOpen.delete(task.id);
    const { status, error } = tasks.get(task.id);
    if (!isEnded(status)) return this.get(actor, task.id);
    await tasks.forget(actor, [task.id]);
    throw new AppError(error?.code ?? 'wrong_state', error?.message ?? 'The upload was cancelled at once.');
  }

  list(actor: Actor): UploadView[] {
    return [...this.uploads].filter(([, upload]) => isOwn(actor, upload)).map(([id, upload]) => toView(id, upload));
  }

  get(actor: Actor, id: string): UploadView {
    return toView(id, this.require(actor, id));
  }

  settle(actor: Actor, id: string, sender: string): Promise<number> {
    return this.require(actor, id).session.settle(sender);
  }

  async append(actor: Actor, id: string, chunk: UploadChunk): Promise<{ offset: number; isRight: boolean }> {
    const { session, input } = this.require(actor, id);
    return session.append(chunk).catch((error: unknown) => {
      if (errnoOf(error) !== 'ENOSPC') throw error;
      throw new AppError('no_space', `The disk is full: “${input.name}” waits. Free some space on the host.`);
    });
  }

  async cancel(actor: Actor, id: string): Promise<void> {
    this.require(actor, id);
    await this.options.tasks.cancel(actor, id);
  }

  private async run(run: TaskRun<UploadCreate, Checkpoint>): Promise<void> {
    const { input } = run;
    const save = (offset: number, wholeSha256: string | null) =>
      run.save({ taskId: run.id, offset, wholeSha256, bootId: bootId() });
    if (!run.checkpoint) await save(0, null);
    const incoming = await this.open(run);
    if (!incoming) return;
    const file = incoming.handle;
    try {
      const offset = run.checkpoint ? await safeOffset(file, run.checkpoint, input.sizeBytes) : 0;
      await file.truncate(offset);
      const session = new UploadSession({
        file,
        sizeBytes: input.sizeBytes,
        offset,
        onProgress: (bytes) => {
          incoming.wrote(bytes);
          run.progress(bytes, input.sizeBytes);
        },
        save,
      });
      session.wholeSha256 = run.checkpoint?.wholeSha256 ?? null;
      run.progress(offset, input.sizeBytes);
      this.uploads.set(run.id, { input, actor: run.actor, session });
      this.whenOpen.get(run.id)?.();
      await session.whole(run.signal);
      run.step('Checking the SHA-256');
      const sha256 = await session.hash.finish(file, input.sizeBytes, run.signal);
      requireSame(input, session.wholeSha256, sha256);
      await incoming.publish({ sha256 });
    } finally {
      this.uploads.delete(run.id);
      await incoming.leave();
    }
  }

  /** The file on its way; null when a Skep that was killed had just given it its name. */
  private async open(run: TaskRun<UploadCreate, Checkpoint>): Promise<Incoming | null> {
    const { folder, name, sizeBytes } = run.input;
    const place = { folder, name, sizeBytes, taskId: run.id };
    const { library } = this.options;
    const incoming = run.checkpoint && (await library.reopen(place));
    if (incoming) return incoming;
    if (!run.checkpoint?.offset) return library.receive(place);
    const isPublished = library.find(libraryRefOf(folder, name))?.sizeBytes === sizeBytes;
    if (run.checkpoint.offset === sizeBytes && isPublished) return null;
    throw new AppError('not_found', `What had arrived of “${name}” is not there any more. Upload the file again.`);
  }

  private async undo({ folder }: UploadCreate, saved: Checkpoint | null): Promise<void> {
    if (saved) await this.options.library.discard(folder, saved.taskId);
  }

  private opened(id: string): Promise<void> {
    return new Promise((resolve) => {
      if (this.uploads.has(id)) resolve();
      else this.whenOpen.set(id, resolve);
    });
  }

  /** The unfinished upload of the same file, which is gone on with. @throws AppError when the name is another's */
  private sameName(actor: Actor, input: UploadCreate): string[] {
    const found = [...this.uploads].find(
      ([, upload]) => upload.input.name === input.name && upload.input.folder === input.folder,
    );
    if (!found) return [];
    const [id, upload] = found;
    if (!isOwn(actor, upload))
      throw new AppError('busy', `“${input.name}” is being uploaded by ${upload.actor?.name ?? 'Skep'}. Rename yours.`);
    if (upload.input.sizeBytes === input.sizeBytes && upload.input.modifiedMs === input.modifiedMs) return [id];
    throw new AppError(
      'already_exists',
      `Another file named “${input.name}” is half uploaded. Cancel that upload, or rename this file.`,
    );
  }

  private require(actor: Actor, id: string): Upload {
    const upload = this.uploads.get(id);
    if (upload && isOwn(actor, upload)) return upload;
    throw new AppError('not_found', 'There is no such upload. It has ended, or was given up.');
  }
}

function isOwn(actor: Actor, upload: Upload): boolean {
  return upload.actor?.userId === actor.userId;
}

function toView(id: string, { input, session }: Upload): UploadView {
  return { ...input, id, offset: session.offsetNow };
}

/** A kill of Skep leaves every written byte, a crash of the host only those of the checkpoint. */
async function safeOffset(file: FileHandle, saved: Checkpoint, sizeBytes: number): Promise<number> {
  if (saved.bootId !== bootId()) return saved.offset;
  const { size } = await file.stat();
  return Math.max(saved.offset, Math.min(size, sizeBytes));
}

function requireSame({ name }: UploadCreate, wanted: string | null, sha256: string): void {
  if (wanted === null || wanted === sha256) return;
  throw new AppError(
    'invalid_input',
    `What arrived of “${name}” is not the file: it was changed while it was uploaded. Upload it again.`,
    { details: `SHA-256 of the file: ${wanted}\nSHA-256 of what arrived: ${sha256}` },
  );
}
