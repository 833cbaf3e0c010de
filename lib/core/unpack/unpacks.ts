/**
 * Unpacking as a task: a packed file of the library becomes another file beside it.
 *
 *   start ─▶ task: the packed file ─▶ part file ─▶ published ─▶ packed file removed, if that was asked for
 */
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { libraryFileName, libraryRefOf, splitLibraryRef } from '../../shared/device';
import { isAppError } from '../../shared/errors';
import { parse } from '../../shared/parse';
import type { TaskView } from '../../shared/task';
import { unpackStart, type PackedView, type UnpackStart } from '../../shared/unpack';
import type { Library } from '../library/library';
import { inodeOf, isInode } from '../library/publishing';
import type { TaskRun } from '../tasks/task-kind';
import type { Tasks, TaskStarter } from '../tasks/tasks';
import type { UnpackService } from '../transfer-types';
import type { Actor } from '../types';
import { chooseMember, membersOf, unpackedName, withPackedFile, type PackedFile } from './packed-file';
import { unpackFile } from './unpack-file';
import { onlyMember } from './zip-members';

const checkpoint = z.strictObject({ name: libraryFileName, inode: z.string().nullable() });
type Checkpoint = z.infer<typeof checkpoint>;

export class Unpacks implements UnpackService {
  private readonly begin: TaskStarter<UnpackStart>;

  constructor(
    tasks: Tasks,
    private readonly library: Library,
  ) {
    this.begin = tasks.register<UnpackStart, Checkpoint>({
      kind: 'unpack',
      input: unpackStart,
      checkpoint,
      // It cannot go on in the middle of a packed file, but it can begin again.
      onRestart: 'continue',
      isHeavy: true,
      title: ({ ref }) => `Unpack ${splitLibraryRef(ref).name}`,
      run: (run) => this.work(run),
      undo: ({ ref }, _checkpoint, taskId) => library.discard(splitLibraryRef(ref).folder, taskId),
    });
  }

  async look(ref: string): Promise<PackedView> {
    return withPackedFile(this.library.path(ref), ref, async (file) => {
      const members = await membersOf(file);
      const member = onlyMember(members);
      const isKnown = file.kind !== 'zip' || member !== null;
      return { kind: file.kind, members, name: isKnown ? unpackedName(ref, file.kind, member?.name ?? null) : null };
    });
  }

  async start(actor: Actor, input: UnpackStart): Promise<TaskView> {
    const wanted = parse(unpackStart, input);
    // What can be told at once is told where it was asked for, not by a task that fails.
    await withPackedFile(this.library.path(wanted.ref), wanted.ref, async (file) =>
      chooseMember(file, await membersOf(file), wanted.member),
    );
    return this.begin(actor, wanted);
  }

  /**
   * Unpacks a file that has just arrived, if it is packed and there is no choice to make; the packed file goes then.
   *
   * @returns a line for the log of the task that brought it, or null when it is not packed
   */
  async arrived(actor: Actor | null, ref: string): Promise<string | null> {
    const wanted: UnpackStart = { ref, member: null, name: null, removePacked: true };
    try {
      await withPackedFile(this.library.path(ref), ref, async (file) =>
        chooseMember(file, await membersOf(file), null),
      );
    } catch (error) {
      if (!isAppError(error)) throw error;
      return (await this.isPacked(ref)) ? `It stays packed. ${error.message}` : null;
    }
    const { title } = await this.begin(actor, wanted);
    return `It is packed: “${title}” goes on with it.`;
  }

  private async isPacked(ref: string): Promise<boolean> {
    return withPackedFile(this.library.path(ref), ref, async () => true).catch(() => false);
  }

  private async work(run: TaskRun<UnpackStart, Checkpoint>): Promise<void> {
    const { ref, removePacked } = run.input;
    if (!(await this.isPublished(run))) {
      await this.library.discard(splitLibraryRef(ref).folder, run.id);
      await withPackedFile(this.library.path(ref), ref, (file) => this.unpack(run, file));
    }
    if (!removePacked) return;
    await rm(this.library.path(ref), { force: true });
    await this.library.refresh();
    run.log(`“${ref}” has been removed.`);
  }

  private async unpack(run: TaskRun<UnpackStart, Checkpoint>, file: PackedFile): Promise<void> {
    const { ref, kind, handle, sizeBytes } = file;
    const member = chooseMember(file, await membersOf(file), run.input.member);
    const name = run.input.name ?? unpackedName(ref, kind, member);
    const { folder } = splitLibraryRef(ref);
    const incoming = await this.library.receive({ folder, name, sizeBytes: null, taskId: run.id });
    let readBytes = 0;
    const onRead = (bytes: number) => run.progress(Math.min((readBytes += bytes), sizeBytes), sizeBytes);
    try {
      const source = { handle, sizeBytes, onRead };
      const unpacked = await unpackFile({ source, kind, member, name: ref, incoming, signal: run.signal });
      run.signal.throwIfAborted();
      await run.save({ name, inode: await inodeOf(incoming.handle) });
      const { ref: result } = await incoming.publish({ sha256: unpacked.sha256 });
      run.progress(sizeBytes, sizeBytes);
      run.log(`It is in the library as “${result}” (${unpacked.sizeBytes} bytes, SHA-256 ${unpacked.sha256}).`);
    } catch (error) {
      await incoming.discard();
      throw error;
    }
  }

  /** True when the last Skep ended between the new file's name and the end of the task. */
  private async isPublished({ input, checkpoint: last }: TaskRun<UnpackStart, Checkpoint>): Promise<boolean> {
    if (!last?.inode) return false;
    const ref = libraryRefOf(splitLibraryRef(input.ref).folder, last.name);
    return isInode(this.library.path(ref), last.inode);
  }
}
