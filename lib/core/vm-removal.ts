/** Taking a VM, or one of its disk files, away: into the trash, or for good when nothing is kept there. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { devicesOf, vmFileName } from '../shared/device';
import { AppError } from '../shared/errors';
import { parse } from '../shared/parse';
import type { TrashView } from '../shared/trash';
import { protectedReason, whyNot } from '../shared/vm-can';
import type { Actor } from './types';
import type { VmEntry } from './vm-entry';
import { moveToLibrary, retireFolder } from './vm-folder';
import type { VmsDeps } from './vms';

/** See `VmService.remove`. */
export async function removeVm(
  deps: VmsDeps,
  actor: Actor,
  name: string,
  keepDisks: string[],
): Promise<TrashView | null> {
  const { registry, operations, library, trash } = deps;
  const entry = registry.get(name);
  const reason = whyNot('delete', registry.view(entry));
  if (reason) throw new AppError('wrong_state', reason);
  const { definition, machine } = entry;
  let kept: TrashView | null = null;
  await operations.run(definition, 'delete', async () => {
    for (const file of keepDisks) await moveToLibrary(machine.folder, parse(vmFileName, file), name, library);
    if (trash.isKeeping) kept = await trash.putVm(actor, entry);
    if (!kept) await destroy(deps, entry);
    await machine.runs.destroy();
    registry.drop(entry);
  });
  await library.refresh();
  console.log(`skep: ${actor.name} deleted the VM ${name}`);
  return kept;
}

/** Folder out of the way, row, then the files: what is cut short goes at the next start. */
async function destroy({ context, store }: VmsDeps, { definition: { id } }: VmEntry): Promise<void> {
  const doomed = await retireFolder(context.home.vms, id);
  await store.delete(id);
  await rm(doomed, { recursive: true, force: true });
}

/** See `VmService.removeDiskFile`. */
export async function removeDiskFile(
  deps: VmsDeps,
  actor: Actor,
  name: string,
  file: string,
): Promise<TrashView | null> {
  const { registry, operations, log, trash } = deps;
  const entry = registry.get(name);
  parse(vmFileName, file);
  let kept: TrashView | null = null;
  await operations.run(entry.definition, 'edit', async () => {
    refuseNeeded(entry, file);
    const path = join(entry.machine.folder, file);
    if (trash.isKeeping) kept = await trash.putDisk(actor, entry, file, path);
    else await rm(path);
    const what = kept ? 'put into the trash' : 'deleted';
    log.add(entry.definition.id, `The disk file ${file} was ${what}.`, { actor });
    await registry.refreshDisks(entry);
  });
  return kept;
}

/** @throws AppError when the file is not there, or something may need it */
function refuseNeeded({ definition, machine, disks }: VmEntry, file: string): void {
  const { name, isProtected, spec } = definition;
  if (isProtected) throw new AppError('wrong_state', protectedReason(name));
  if (machine.facts.savedAt)
    throw new AppError(
      'wrong_state',
      `${name} is saved to disk and may need ${file}. Restore it, or discard the saved state first.`,
    );
  const specs = [spec, ...(machine.run ? [machine.run.record.spec] : [])];
  const user = specs.flatMap((one) => devicesOf(one, 'disk')).find((disk) => disk.source.file === file);
  if (user)
    throw new AppError(
      'busy',
      `${file} is ${user.id} of ${name}. Take that disk out of the VM first, with the VM stopped.`,
    );
  if (!disks.some((disk) => disk.file === file)) throw new AppError('not_found', `${name} has no disk file ${file}.`);
}
