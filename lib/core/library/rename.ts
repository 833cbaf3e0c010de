/** Another name for a library file, in its folder. */
import { link, lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFile } from '../../qemu/sync-file';
import { libraryFileName } from '../../shared/device';
import { AppError, errnoOf } from '../../shared/errors';
import { parse } from '../../shared/parse';
import { locate, type LibraryPlace } from './place';
import type { LibraryRecords } from './records';

/**
 * link and rm, for rename would replace a file of the new name. When Skep is killed between them, both names are there
 * and nothing is lost.
 *
 * @throws AppError `not_found`, `already_exists`
 */
export async function renameFile(
  places: readonly LibraryPlace[],
  records: LibraryRecords,
  ref: string,
  wanted: string,
): Promise<void> {
  const { place, name, path } = locate(places, ref);
  const next = parse(libraryFileName, wanted);
  const info = await lstat(path).catch(() => null);
  if (!info?.isFile()) throw new AppError('not_found', `“${ref}” is not in the library.`);
  await link(path, join(place.path, next)).catch((error: unknown) => {
    if (errnoOf(error) !== 'EEXIST') throw error;
    throw new AppError('already_exists', `The library has a file “${next}” already. Choose another name.`);
  });
  await rm(path);
  await syncFile(place.path);
  await records.move(place.folder, name, next);
}
