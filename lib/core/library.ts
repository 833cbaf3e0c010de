/** The library folder: ISOs and disk images, put there by an upload or by hand. What a file is, its content says. */
import { randomBytes } from 'node:crypto';
import { createWriteStream, watch, type FSWatcher } from 'node:fs';
import { chmod, chown, link, lstat, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refusalOf } from '../qemu/image-header';
import type { RunAs } from '../qemu/run-as';
import { libraryFileName } from '../shared/device';
import { AppError, errnoOf } from '../shared/errors';
import type { LibraryFile } from '../shared/events';
import { parse } from '../shared/parse';
import { inspectImage } from './disks';
import { requireSpace } from './space';
import type { Actor, LibraryService } from './types';

/** Unfinished uploads start with a dot, so that they are never listed. */
const PART_PREFIX = '.upload-';
const WATCH_DELAY_MS = 300;

interface LibraryOptions {
  folder: string;
  runAs: RunAs | null;
  onChange(): void;
  /** Names of the VMs that use a file. */
  usersOf(file: string): string[];
}

export class Library implements LibraryService {
  private files: LibraryFile[] = [];
  private watcher: FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly known = new Map<string, { key: string; file: LibraryFile }>();

  constructor(private readonly options: LibraryOptions) {}

  /** Removes what a killed upload left, reads the folder, and follows its changes. */
  async open(): Promise<void> {
    const { folder } = this.options;
    for (const name of await readdir(folder)) if (name.startsWith(PART_PREFIX)) await rm(join(folder, name));
    await this.refresh();
    this.watcher = watch(folder, () => this.refreshSoon());
    this.watcher.on('error', () => this.watcher?.close());
  }

  close(): void {
    this.watcher?.close();
    clearTimeout(this.timer);
  }

  list(): LibraryFile[] {
    return this.files;
  }

  async refresh(): Promise<LibraryFile[]> {
    const names = (await readdir(this.options.folder)).filter((name) => libraryFileName.safeParse(name).success).sort();
    const files = await Promise.all(names.map((name) => this.read(name)));
    const before = JSON.stringify(this.files);
    this.files = files.filter((file) => file !== null);
    for (const name of this.known.keys()) if (!names.includes(name)) this.known.delete(name);
    if (JSON.stringify(this.files) !== before) this.options.onChange();
    return this.files;
  }

  async store(actor: Actor, name: string, sizeBytes: number, body: NodeJS.ReadableStream): Promise<LibraryFile> {
    const target = this.path(parse(libraryFileName, name));
    await this.requireFree(name);
    await requireSpace(this.options.folder, sizeBytes, `“${name}”`);
    const part = join(this.options.folder, `${PART_PREFIX}${randomBytes(8).toString('hex')}`);
    try {
      await receive(body, part, sizeBytes);
      await this.share(part);
      // link refuses an existing name, where rename would replace it.
      await link(part, target);
    } catch (error) {
      throw toUploadError(error, name);
    } finally {
      await rm(part, { force: true });
    }
    await this.refresh();
    console.log(`skep: ${actor.name} uploaded ${name} (${sizeBytes} bytes)`);
    const stored = this.files.find((file) => file.name === name);
    if (!stored) throw new AppError('not_found', `“${name}” arrived, but it was removed from the library at once.`);
    return stored;
  }

  async remove(_actor: Actor, name: string): Promise<void> {
    const users = this.options.usersOf(name);
    if (users.length > 0)
      throw new AppError('busy', `“${name}” is in use by ${users.join(', ')}. Take it out of the drive first.`);
    await rm(this.path(parse(libraryFileName, name))).catch((error: unknown) => {
      throw new AppError('not_found', `“${name}” is not in the library.`, { cause: error });
    });
    await this.refresh();
  }

  /** Absolute path of a library file; the name is checked by its schema. */
  path(name: string): string {
    return join(this.options.folder, name);
  }

  /** Lets QEMU's user read a file, and nobody else. */
  async share(file: string): Promise<void> {
    if (this.options.runAs) await chown(file, process.getuid?.() ?? 0, this.options.runAs.gid);
    await chmod(file, this.options.runAs ? 0o640 : 0o600);
  }

  /** A file that was put here by hand may be readable for its owner only. Links are left as they are. */
  private async shareOwn(name: string): Promise<void> {
    const { runAs } = this.options;
    const info = await lstat(this.path(name));
    if (runAs && info.isFile() && info.uid === process.getuid?.()) await this.share(this.path(name));
  }

  private async requireFree(name: string): Promise<void> {
    if (await stat(this.path(name)).catch(() => null))
      throw new AppError(
        'already_exists',
        `The library has a file “${name}” already. Rename yours, or use the one that is there.`,
      );
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh().catch(() => undefined), WATCH_DELAY_MS);
    this.timer.unref();
  }

  private async read(name: string): Promise<LibraryFile | null> {
    const info = await stat(this.path(name)).catch(() => null);
    if (!info?.isFile()) return null;
    const key = `${info.size}:${info.mtimeMs}:${info.ino}`;
    const known = this.known.get(name);
    if (known?.key === key) return known.file;
    await this.shareOwn(name);
    const file = await describe(this.path(name), name, info.size, info.mtime);
    this.known.set(name, { key, file });
    return file;
  }
}

async function describe(path: string, name: string, sizeBytes: number, modified: Date): Promise<LibraryFile> {
  const base = { name, sizeBytes, modifiedAt: modified.toISOString(), label: null, virtualBytes: null };
  try {
    const header = await inspectImage(path);
    if (header.kind === 'iso') return { ...base, kind: 'iso', label: header.label, refusal: null };
    const refusal = refusalOf(header);
    if (header.kind === 'qcow2' || header.kind === 'raw')
      return { ...base, kind: header.kind, virtualBytes: header.virtualBytes, refusal };
    return { ...base, kind: 'other', refusal };
  } catch (error) {
    return { ...base, kind: 'other', refusal: `It cannot be read: ${String(error)}` };
  }
}

/** Writes the body to a new file and syncs it. Refuses one byte more or less than announced. */
async function receive(body: NodeJS.ReadableStream, part: string, sizeBytes: number): Promise<void> {
  let received = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      if (received > sizeBytes) done(new AppError('invalid_input', 'The upload is longer than announced.'));
      else done(null, chunk);
    },
  });
  await pipeline(body, count, createWriteStream(part, { flags: 'wx', mode: 0o600 }));
  if (received !== sizeBytes) throw new AppError('invalid_input', 'The upload ended early. Try again.');
  const handle = await open(part, 'r+');
  await handle.sync();
  await handle.close();
}

function toUploadError(error: unknown, name: string): unknown {
  switch (errnoOf(error)) {
    case 'ENOSPC':
      return new AppError(
        'no_space',
        `The disk is full: “${name}” was not stored. Free some space on the host and try again.`,
      );
    case 'EEXIST':
      return new AppError('already_exists', `The library has a file “${name}” already.`);
    default:
      return error;
  }
}
