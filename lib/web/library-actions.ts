'use server';
/** What the library's page asks for. */
import { libraryRef } from '../shared/device';
import { libraryRename } from '../shared/library';
import { vmm } from '../vmm';
import { action } from './action';

/** Gives a file another name in its folder. */
export const renameLibraryFile = action(libraryRename, (actor, input) => vmm().library.rename(actor, input));

/** Deletes a file that no VM uses. */
export const removeLibraryFile = action(libraryRef, (actor, ref) => vmm().library.remove(actor, ref));
