/** CD-ROM media: changed in the definition, and at once in the running VM. */
import { changeMedium, eject } from '../qemu/qmp-commands';
import { devicesOf, type CdromDevice } from '../shared/device';
import { AppError } from '../shared/errors';
import type { VmSpec } from '../shared/vm';
import type { EventLog } from './event-log';
import type { Library } from './library/library';
import type { Actor } from './types';
import type { VmEntry } from './vm-entry';
import type { VmStore } from './vm-store';

interface MediaDeps {
  store: VmStore;
  library: Library;
  log: EventLog;
}

/**
 * Puts a library file into a drive, or empties it (null). QEMU goes first: when it refuses, nothing has changed.
 *
 * @throws AppError `not_found` (drive or file), `qemu_failed`
 */
export async function setMedia(
  { store, library, log }: MediaDeps,
  actor: Actor,
  entry: VmEntry,
  cdromId: string,
  libraryFile: string | null,
): Promise<void> {
  const { definition, machine } = entry;
  if (!hasDrive(definition.spec, cdromId))
    throw new AppError('not_found', `${definition.name} has no drive ${cdromId}.`);
  if (libraryFile !== null && !library.find(libraryFile))
    throw new AppError('not_found', `“${libraryFile}” is not in the library.`);
  const media: CdromDevice['media'] = libraryFile === null ? null : { kind: 'library', file: libraryFile };
  const { run } = machine;
  if (run && hasDrive(run.record.spec, cdromId)) {
    if (libraryFile === null) await eject(machine.monitor(), cdromId);
    else await changeMedium(machine.monitor(), cdromId, library.path(libraryFile));
    await machine.runs.updateSpec(run, withMedia(run.record.spec, cdromId, media));
  }
  entry.definition = await store.update(definition.id, { spec: withMedia(definition.spec, cdromId, media) });
  log.add(definition.id, libraryFile ? `“${libraryFile}” was put into ${cdromId}.` : `${cdromId} was emptied.`, {
    actor,
  });
}

function hasDrive(spec: VmSpec, cdromId: string): boolean {
  return devicesOf(spec, 'cdrom').some((drive) => drive.id === cdromId);
}

function withMedia(spec: VmSpec, cdromId: string, media: CdromDevice['media']): VmSpec {
  return { ...spec, devices: spec.devices.map((d) => (d.kind === 'cdrom' && d.id === cdromId ? { ...d, media } : d)) };
}
