/**
 * The trash on disk. Everything is moved by rename within one file system, and synced.
 *
 *   <trash folder>/<id>/item.json     what it is, written first
 *                  <id>/content       the VM's folder, or the file
 *                  .purged-<id>/      on its way out: forgotten or not, what is left of it is removed
 *
 * `content` is there exactly while the thing lies in the trash. The trash folder of VMs and their disks is
 * `SKEP_HOME/trash`; that of library files lies beside them (`.skep-trash`), because such a folder may be a disk of
 * its own.
 */
import { lstat, mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFile } from '../../qemu/sync-file';
import { AppError, errnoOf } from '../../shared/errors';
import { trashItem, type PlacedItem, type TrashItem } from './trash-item';

const MANIFEST = 'item.json';
const CONTENT = 'content';
const PURGED_PREFIX = '.purged-';

/** Beside the files of a library folder. */
export const LIBRARY_TRASH = '.skep-trash';

export function contentOf(place: string): string {
  return join(place, CONTENT);
}

/** Makes an item's own folder with the note of what it is. Nothing has been moved yet. */
export async function stage(trashFolder: string, item: TrashItem): Promise<PlacedItem> {
  const place = join(trashFolder, item.id);
  await mkdir(trashFolder, { recursive: true, mode: 0o700 });
  try {
    await mkdir(place, { mode: 0o700 });
    const handle = await open(join(place, MANIFEST), 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify(item));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await syncFile(place);
  } catch (error) {
    await unstage(place);
    throw error;
  }
  return { ...item, place };
}

/** Takes an item's folder away, which holds nothing but its note. One with content stays. */
export async function unstage(place: string): Promise<void> {
  if (await exists(contentOf(place))) return;
  await rm(join(place, MANIFEST), { force: true });
  await rmdir(place).catch((error: unknown) => {
    if (errnoOf(error) !== 'ENOENT') throw error;
  });
}

/** One rename, synced on both sides. */
export async function move(from: string, to: string): Promise<void> {
  await rename(from, to);
  await syncFile(dirname(to));
  await syncFile(dirname(from));
}

export async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}

/** Puts an item on its way out, and removes its bytes. Again after a failure: goes on where it stopped. */
export async function purgeFiles(place: string): Promise<void> {
  const doomed = join(dirname(place), `${PURGED_PREFIX}${basename(place)}`);
  await rename(place, doomed).catch((error: unknown) => {
    if (errnoOf(error) !== 'ENOENT') throw error; // on its way out already
  });
  await rm(doomed, { recursive: true, force: true });
}

export interface FoundPlace {
  id: string;
  place: string;
  isPurged: boolean;
  hasContent: boolean;
  /** null when its note cannot be read. */
  item: TrashItem | null;
}

/** What lies in a trash folder. @returns null when the folder cannot be read, such as one on a disk that is away */
export async function findPlaces(trashFolder: string): Promise<FoundPlace[] | null> {
  const names = await readdir(trashFolder).catch(() => null);
  return names && Promise.all(names.map((name) => readPlace(trashFolder, name)));
}

async function readPlace(trashFolder: string, name: string): Promise<FoundPlace> {
  const place = join(trashFolder, name);
  const isPurged = name.startsWith(PURGED_PREFIX);
  const id = isPurged ? name.slice(PURGED_PREFIX.length) : name;
  return { id, place, isPurged, hasContent: await exists(contentOf(place)), item: await readItem(place, id) };
}

async function readItem(place: string, id: string): Promise<TrashItem | null> {
  try {
    const item = trashItem.parse(JSON.parse(await readFile(join(place, MANIFEST), 'utf8')));
    return item.id === id ? item : null;
  } catch {
    return null;
  }
}

/** Bytes that a file, or a folder with all in it, takes on the host. What cannot be read counts as nothing. */
export async function bytesOf(path: string): Promise<number> {
  const info = await lstat(path).catch(() => null);
  if (!info) return 0;
  const own = info.blocks * 512;
  if (!info.isDirectory()) return own;
  const names = await readdir(path).catch(() => []);
  const sizes = await Promise.all(names.map((name) => bytesOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, own);
}

/** Why something could not go into the trash, as a sentence. Nothing has been changed then. */
export function toTrashError(error: unknown, name: string): unknown {
  const code = errnoOf(error);
  if (code === 'ENOSPC' || /database or disk is full/i.test(String(error)))
    return new AppError(
      'no_space',
      `The host’s disk is full, so ${name} could not be put into the trash; it is still where it was. ` +
        'Empty the trash, then try again.',
      { cause: error },
    );
  if (code === 'EXDEV')
    return new AppError(
      'wrong_state',
      `${name} lies on another file system than the trash, so it cannot be moved there. ` +
        'Set the days in the trash to 0 in the settings to delete it at once.',
      { cause: error },
    );
  if (!code) return error;
  return new AppError('internal', `${name} could not be moved to the trash; it is still where it was.`, {
    details: String(error),
    cause: error,
  });
}
