/** The folder of a VM: made, emptied into the library, taken away. Everything of one VM lies in one place. */
import { chown, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunAs } from '../qemu/run-as';
import { AppError, errnoOf } from '../shared/errors';
import type { Library } from './library/library';

/** A folder on its way out: already forgotten, not yet removed. */
const DELETED_PREFIX = '.deleted-';

/** Makes the folder of a new VM, which belongs to the user that QEMU runs as. */
export async function makeFolder(folder: string, runAs: RunAs | null): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  if (runAs) await chown(folder, runAs.uid, runAs.gid);
}

/**
 * Takes a folder out of the way in one step. What is slow or fails comes after, and is swept at the next start.
 *
 * @returns where it is now, to be removed with `rm`
 */
export async function retireFolder(vmsFolder: string, vmId: string): Promise<string> {
  const doomed = join(vmsFolder, `${DELETED_PREFIX}${vmId}`);
  await rename(join(vmsFolder, vmId), doomed).catch((error: unknown) => {
    if (errnoOf(error) !== 'ENOENT') throw error; // a VM without a folder can be deleted too
  });
  return doomed;
}

/** Removes what a killed Skep left: folders whose deletion or making was cut short, and half-written files. */
export async function sweepFolders(vmsFolder: string, knownIds: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(vmsFolder)) {
    const folder = join(vmsFolder, name);
    const files = await readdir(folder).catch(() => null);
    if (files === null) continue;
    if (knownIds.has(name)) {
      for (const file of files.filter((f) => f.endsWith('.part'))) await rm(join(folder, file), { force: true });
    } else if (name.startsWith(DELETED_PREFIX) || files.includes(HALF_MADE) || files.length === 0) {
      // A stranger's folder is left alone: only what Skep was making or deleting goes, and what holds nothing.
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** Marks a folder whose VM is not recorded yet. */
export const HALF_MADE = '.half-made';

/** Moves a disk file to the library under the VM's name. @throws AppError `not_found` */
export async function moveToLibrary(folder: string, file: string, vmName: string, library: Library): Promise<string> {
  const dot = file.lastIndexOf('.');
  for (let n = 1; ; n++) {
    const name = `${vmName}-${file.slice(0, dot)}${n === 1 ? '' : `-${n}`}${file.slice(dot)}`;
    try {
      await link(join(folder, file), library.path(name));
      await rm(join(folder, file));
      await library.share(library.path(name));
      return name;
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') continue;
      throw new AppError('not_found', `${file} could not be moved to the library. Nothing was deleted.`, {
        details: String(error),
      });
    }
  }
}
