'use server';
/** Downloads and unpacking. Input is parsed here; rights are the wrapper's. */
import { libraryRef } from '../shared/device';
import { downloadCreate } from '../shared/download';
import { unpackStart } from '../shared/unpack';
import { vmm } from '../vmm';
import { action } from './action';

/** Begins a download into the library; answers its task. */
export const startDownload = action(downloadCreate, (actor, input) => vmm().downloads.start(actor, input));

/** Tells what is in a packed file of the library. */
export const lookIntoPacked = action(libraryRef, (_actor, ref) => vmm().unpacks.look(ref));

/** Begins to unpack a file of the library; answers its task. */
export const startUnpack = action(unpackStart, (actor, input) => vmm().unpacks.start(actor, input));
