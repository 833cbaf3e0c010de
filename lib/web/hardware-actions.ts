'use server';
/** What the hardware page asks for. Input is parsed here; rights are the wrapper's. */
import { z } from 'zod';
import { libraryFileName } from '../shared/device';
import { parse } from '../shared/parse';
import { vmName, vmPatch, type VmPatch } from '../shared/vm';
import { vmm } from '../vmm';
import { action } from './action';

/** Changes a VM's definition; refused when it is not at the patch's revision any more. */
export const updateVm = action((actor, name: string, patch: VmPatch) =>
  vmm().vms.update(actor, parse(vmName, name), parse(vmPatch, patch)),
);

/** Puts a library file into a CD-ROM drive, or empties it (null). */
export const setMedia = action((actor, name: string, cdromId: string, libraryFile: string | null) =>
  vmm().vms.setMedia(
    actor,
    parse(vmName, name),
    parse(z.string().max(20), cdromId),
    parse(libraryFileName.nullable(), libraryFile),
  ),
);
