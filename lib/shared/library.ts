/** What is asked of the library: the inputs of its verbs. */
import { z } from 'zod';
import { libraryFileName, libraryRef } from './device';

export const libraryRename = z.strictObject({
  ref: libraryRef,
  /** The new name; the file stays in its folder. */
  name: libraryFileName,
});
export type LibraryRename = z.infer<typeof libraryRename>;
