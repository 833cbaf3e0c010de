/**
 * The library: ISOs and disk images in folders, put there by Skep or by hand. What a file is, its content says.
 *
 *   folders ──watch──▶ refresh ─▶ identity as recorded? ─yes─▶ its record
 *                                        └─no─▶ a look at its header ─▶ record     all ─▶ list ─▶ onChange
 */
import { constants, watch, type FSWatcher } from 'node:fs';
import { chmod, chown, lstat, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { randomUUID } from 'node:crypto';
import type { RunAs } from '../../qemu/run-as';
import { libraryFileName, libraryRefOf, splitLibraryRef } from '../../shared/device';
import { AppError, errnoOf } from '../../shared/errors';
import type { LibraryFile } from '../../shared/events';
import type { LibraryRename } from '../../shared/library';
import { parse } from '../../shared/parse';
import type { Reservations } from '../space';
import type { Actor, LibraryService } from '../types';
import { exactly, writer } from './body';
import { describeImage } from './describe';
import { Incoming, openPart, partName, taskOfPart, type IncomingSpec } from './incoming';
import { locate, requirePlace, type LibraryPlace } from './place';
import { identityOf, type LibraryFacts, type LibraryRecords } from './records';
import { renameFile } from './rename';

const WATCH_DELAY_MS = 300;
/** Many VMs may change at once. */
const USERS_DELAY_MS = 100;

interface LibraryOptions {
  /** The folders that are there now; the home's own is the first. */
  places(): LibraryPlace[];
  runAs: RunAs | null;
  records: LibraryRecords;
  reservations: Reservations;
  onChange(): void;
  /** Names of the VMs that use a file, by its reference. */
  users(): ReadonlyMap<string, string[]>;
}

/** Whoever may write to a folder could point one at any file of the host. */
const LINK: LibraryFacts = {
  ...{ kind: 'other', label: null, virtualBytes: null, facts: null },
  refusal: 'It is a link, and Skep follows none. Put the file itself here, or add the folder that it lies in.',
};

type Seen = Omit<LibraryFile, 'usedBy'>;

export class Library implements LibraryService {
  private files: Seen[] = [];
  private told = '';
  private watchers: FSWatcher[] = [];
  private timer: NodeJS.Timeout | undefined;
  private usersTimer: NodeJS.Timeout | null = null;
  /** Names on their way in, by reference. */
  private readonly incoming = new Map<string, string>();

  constructor(private readonly options: LibraryOptions) {}

  /** Reads the folders, and follows their changes. */
  async open(): Promise<void> {
    await this.options.records.open();
    await this.refresh();
    this.watchers = this.options.places().map(({ path }) => {
      const watcher = watch(path, () => this.refreshSoon());
      watcher.on('error', () => watcher.close());
      return watcher;
    });
  }

  /** Removes the temporary files of tasks that nobody goes on with. */
  async sweep(liveTaskIds: ReadonlySet<string>): Promise<void> {
    for (const { path } of this.options.places()) {
      for (const name of await readdir(path).catch(() => [] as string[])) {
        const task = taskOfPart(name);
        if (task !== null && !liveTaskIds.has(task)) await rm(join(path, name), { force: true });
      }
    }
  }

  close(): void {
    for (const watcher of this.watchers) watcher.close();
    clearTimeout(this.timer);
    if (this.usersTimer) clearTimeout(this.usersTimer);
  }

  list(): LibraryFile[] {
    const users = this.options.users();
    return this.files.map((file) => ({ ...file, usedBy: users.get(file.ref) ?? [] }));
  }

  find(ref: string): LibraryFile | undefined {
    return this.list().find((file) => file.ref === ref);
  }

  async refresh(): Promise<LibraryFile[]> {
    const found = await Promise.all(this.options.places().map((place) => this.readPlace(place)));
    this.files = found.flat();
    this.tell();
    return this.list();
  }

  /** Call it when a VM may use other files than before. */
  usersChanged(): void {
    this.usersTimer ??= setTimeout(() => {
      this.usersTimer = null;
      this.tell();
    }, USERS_DELAY_MS).unref();
  }

  async receive(spec: IncomingSpec): Promise<Incoming> {
    return this.openIncoming(spec, true);
  }

  async reopen(spec: IncomingSpec): Promise<Incoming | null> {
    return this.openIncoming(spec, false).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return null;
      throw error;
    });
  }

  /** Removes the temporary file of a task that does not run. */
  async discard(folder: string | null, taskId: string): Promise<void> {
    const place = this.options.places().find((known) => known.folder === folder);
    if (place) await rm(join(place.path, partName(taskId)), { force: true });
  }

  async store(actor: Actor, name: string, sizeBytes: number, body: NodeJS.ReadableStream): Promise<LibraryFile> {
    const incoming = await this.receive({ folder: null, name, sizeBytes, taskId: randomUUID() });
    try {
      await pipeline(body, exactly(sizeBytes), writer(incoming.handle));
      const file = await incoming.publish();
      console.log(`skep: ${actor.name} uploaded ${name} (${sizeBytes} bytes)`);
      return file;
    } catch (error) {
      await incoming.discard();
      if (errnoOf(error) !== 'ENOSPC') throw error;
      throw new AppError(
        'no_space',
        `The disk is full: “${name}” was not stored. Free some space on the host and try again.`,
      );
    }
  }

  async remove(_actor: Actor, ref: string): Promise<void> {
    const { path } = locate(this.options.places(), ref);
    this.requireUnused(ref);
    await rm(path).catch((error: unknown) => {
      throw new AppError('not_found', `“${ref}” is not in the library.`, { cause: error });
    });
    await this.refresh();
  }

  async rename(actor: Actor, { ref, name }: LibraryRename): Promise<LibraryFile> {
    const { folder } = splitLibraryRef(ref);
    this.requireUnused(ref);
    if (this.incoming.has(libraryRefOf(folder, name)))
      throw new AppError('already_exists', `A file “${name}” is on its way already. Choose another name.`);
    await renameFile(this.options.places(), this.options.records, ref, name);
    await this.refresh();
    console.log(`skep: ${actor.name} renamed ${ref} to ${name}`);
    return this.require(libraryRefOf(folder, name));
  }

  async openFile(ref: string) {
    const { path, name } = locate(this.options.places(), ref);
    this.require(ref);
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    return { handle, sizeBytes: (await handle.stat()).size, name };
  }

  private require(ref: string): LibraryFile {
    const file = this.find(ref);
    if (!file) throw new AppError('not_found', `“${ref}” is not in the library.`);
    return file;
  }

  private requireUnused(ref: string): void {
    const users = this.options.users().get(ref) ?? [];
    if (users.length > 0)
      throw new AppError('busy', `“${ref}” is in use by ${users.join(', ')}. Take it out of the drive first.`);
  }

  /** Absolute path of a library file. @throws AppError `not_found` when there is no such folder */
  path(ref: string): string {
    return locate(this.options.places(), ref).path;
  }

  /** Lets QEMU's user read a file, and nobody else. */
  async share(file: string): Promise<void> {
    if (this.options.runAs) await chown(file, process.getuid?.() ?? 0, this.options.runAs.gid);
    await chmod(file, this.options.runAs ? 0o640 : 0o600);
  }

  private async openIncoming(spec: IncomingSpec, isNew: boolean): Promise<Incoming> {
    const name = parse(libraryFileName, spec.name);
    const place = requirePlace(this.options.places(), spec.folder);
    const ref = libraryRefOf(spec.folder, name);
    await this.requireFree(place, name, ref, spec.taskId);
    this.incoming.set(ref, spec.taskId);
    const release = () => this.incoming.delete(ref);
    const partPath = join(place.path, partName(spec.taskId));
    let reservation;
    try {
      reservation = await this.options.reservations.reserve(place.path, spec.sizeBytes ?? 0, `“${name}”`);
      const handle = await openPart(partPath, isNew);
      return new Incoming({
        place,
        name,
        partPath,
        handle,
        reservation,
        share: (path) => this.share(path),
        onPublished: (sha256) => this.published(place, name, sha256),
        onEnd: release,
      });
    } catch (error) {
      reservation?.release();
      release();
      throw error;
    }
  }

  private async requireFree({ path }: LibraryPlace, name: string, ref: string, taskId: string): Promise<void> {
    const there = await lstat(join(path, name)).catch(() => null);
    const holder = this.incoming.get(ref);
    if (holder !== undefined && holder !== taskId)
      throw new AppError('already_exists', `Another file “${ref}” is on its way already. Choose another name.`);
    if (there)
      throw new AppError(
        'already_exists',
        `The library has a file “${ref}” already. Rename yours, or use the one that is there.`,
      );
  }

  private async published(place: LibraryPlace, name: string, sha256: string | null): Promise<LibraryFile> {
    const path = join(place.path, name);
    const info = await stat(path);
    const facts = await describeImage(path);
    await this.options.records.save(place.folder, name, { identity: identityOf(info), facts, sha256 });
    await this.refresh();
    const file = this.find(libraryRefOf(place.folder, name));
    if (!file) throw new AppError('not_found', `“${name}” arrived, but it was removed from the library at once.`);
    return file;
  }

  private async readPlace(place: LibraryPlace): Promise<Seen[]> {
    const all = await readdir(place.path).catch(() => [] as string[]);
    const names = all.filter((name) => libraryFileName.safeParse(name).success).sort();
    const files = await Promise.all(names.map((name) => this.readFile(place, name)));
    await this.options.records.keepOnly(place.folder, new Set(names));
    return files.filter((file) => file !== null);
  }

  private async readFile(place: LibraryPlace, name: string): Promise<Seen | null> {
    const path = join(place.path, name);
    const info = await lstat(path).catch(() => null);
    if (!info?.isFile() && !info?.isSymbolicLink()) return null;
    const identity = identityOf(info);
    let record = this.options.records.find(place.folder, name, identity);
    if (info.isSymbolicLink()) record = { identity, facts: LINK, sha256: null };
    if (!record) {
      await this.shareOwn(path);
      // Giving it its owner changes no time that counts, but may make it readable.
      record = { identity, facts: await describeImage(path), sha256: null };
      await this.options.records.save(place.folder, name, record);
    }
    return {
      ref: libraryRefOf(place.folder, name),
      folder: place.folder,
      name,
      sizeBytes: info.size,
      modifiedAt: info.mtime.toISOString(),
      ...record.facts,
      sha256: record.sha256,
    };
  }

  /** A file that was put here by hand may be readable for its owner only. Links are left as they are. */
  private async shareOwn(path: string): Promise<void> {
    const info = await lstat(path);
    if (this.options.runAs && info.isFile() && info.uid === process.getuid?.()) await this.share(path);
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh().catch(() => undefined), WATCH_DELAY_MS);
    this.timer.unref();
  }

  private tell(): void {
    const now = JSON.stringify(this.list());
    if (now === this.told) return;
    this.told = now;
    this.options.onChange();
  }
}
