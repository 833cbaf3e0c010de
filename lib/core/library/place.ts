/** A folder that library files lie in: the home's own, or one that an administrator added. */
import { join } from 'node:path';
import { libraryFileName, splitLibraryRef } from '../../shared/device';
import { AppError } from '../../shared/errors';
import { parse } from '../../shared/parse';

export interface LibraryPlace {
  /** The name of an added folder; null is the home's own. */
  folder: string | null;
  /** Absolute. */
  path: string;
}

/** Where a reference points. @throws AppError `not_found` when there is no such folder, `invalid_input` for a bad name */
export function locate(
  places: readonly LibraryPlace[],
  ref: string,
): { place: LibraryPlace; name: string; path: string } {
  const { folder, name } = splitLibraryRef(ref);
  const place = requirePlace(places, folder);
  return { place, name, path: join(place.path, parse(libraryFileName, name)) };
}

/** @throws AppError `not_found` */
export function requirePlace(places: readonly LibraryPlace[], folder: string | null): LibraryPlace {
  const place = places.find((known) => known.folder === folder);
  if (place) return place;
  throw new AppError('not_found', `The library has no folder “${folder}”.`);
}
