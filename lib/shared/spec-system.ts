/**
 * The wizard's two big switches, as changes of a draft: which system it is for, and what it starts from.
 *
 * Changing the system keeps what the person has set by hand: a value that differs from the old system's preset
 * is theirs, the others follow the new preset.
 */
import { devicesOf, GIB, type DeviceDraft, type DiskDraft } from './device';
import { addCdrom, cdromBus, defaultBootOrder, draftFor, fittingBus, setPresence, updateDevice } from './spec-draft';
import { presetFor, type PresetHost } from './system-presets';
import type { VmSpecDraft, VmSystem } from './vm';

/** Gives a draft the hardware of another system, except for what was set by hand. */
export function changeSystem(draft: VmSpecDraft, system: VmSystem, host: PresetHost | null): VmSpecDraft {
  const before = draftFor(draft.system, host, '');
  const after = draftFor(system, host, '');
  const pick = <T>(mine: T, old: T, fresh: T): T => (JSON.stringify(mine) === JSON.stringify(old) ? fresh : mine);
  const machine = pick(draft.machine, before.machine, after.machine);
  const next: VmSpecDraft = {
    ...draft,
    system,
    machine,
    firmware: pick(draft.firmware, before.firmware, after.firmware),
    accelerator: pick(draft.accelerator, before.accelerator, after.accelerator),
    cpu: pick(draft.cpu, before.cpu, after.cpu),
    memoryMiB: pick(draft.memoryMiB, before.memoryMiB, after.memoryMiB),
    devices: draft.devices.map((device) => deviceForSystem(device, draft.system, system, machine.type, host)),
  };
  return (['serial', 'rng'] as const).reduce((spec, kind) => {
    const has = (one: VmSpecDraft) => devicesOf(one, kind).length > 0;
    return setPresence(spec, kind, pick(has(draft), has(before), has(after)));
  }, next);
}

function deviceForSystem(
  device: DeviceDraft,
  from: VmSystem,
  to: VmSystem,
  machine: 'q35' | 'pc',
  host: PresetHost | null,
): DeviceDraft {
  const [old, fresh] = [presetFor(from, host), presetFor(to, host)];
  if (device.kind === 'cdrom') return { ...device, bus: cdromBus(machine) };
  if (device.kind === 'nic') return device.model === old.nicModel ? { ...device, model: fresh.nicModel } : device;
  if (device.kind !== 'disk') return device;
  const bus = fittingBus(device.bus === old.diskBus ? fresh.diskBus : device.bus, machine);
  const source = device.source;
  const untouched = source.kind === 'blank' && source.sizeBytes === old.diskBytes;
  return { ...device, bus, source: untouched ? { kind: 'blank', sizeBytes: fresh.diskBytes } : source };
}

/** What a new VM starts from. `file` is null while none is picked. */
export type InstallSource =
  | { kind: 'iso'; file: string | null }
  | { kind: 'image'; file: string | null; format: DiskDraft['format'] }
  | { kind: 'blank' };

/**
 * Sets what the first disk holds and what lies in the first CD-ROM drive.
 *
 * An ISO goes into the drive of a VM with a blank disk, an image is copied to the first disk. Further disks and
 * drives stay as they are.
 */
export function setSource(draft: VmSpecDraft, source: InstallSource): VmSpecDraft {
  const media = source.kind === 'iso' && source.file ? ({ kind: 'library', file: source.file } as const) : null;
  let next = devicesOf(draft, 'cdrom').some((cdrom) => cdrom.id === 'cdrom0') ? draft : addCdrom(draft);
  next = updateDevice(next, 'cdrom', 'cdrom0', (cdrom) => ({ ...cdrom, media }));
  const disk = devicesOf(next, 'disk').find((one) => one.id === 'disk0');
  if (source.kind === 'image' && source.file) {
    const copy = { kind: 'copy', libraryFile: source.file } as const;
    return withFirstDisk(next, disk, copy, source.format);
  }
  if (disk?.source.kind === 'blank') return next;
  const blank = { kind: 'blank', sizeBytes: presetFor(draft.system, null).diskBytes } as const;
  return withFirstDisk(next, disk, blank, 'qcow2');
}

function withFirstDisk(
  draft: VmSpecDraft,
  disk: DiskDraft | undefined,
  source: DiskDraft['source'],
  format: DiskDraft['format'],
): VmSpecDraft {
  if (disk) return updateDevice(draft, 'disk', 'disk0', (old) => ({ ...old, source, format }));
  const bus = fittingBus(presetFor(draft.system, null).diskBus, draft.machine.type);
  const devices: DeviceDraft[] = [{ kind: 'disk', id: 'disk0', bus, format, source }, ...draft.devices];
  return { ...draft, devices, boot: { order: defaultBootOrder(devices) } };
}

/** Gibibytes as bytes, rounded to whole sectors. */
export function gibToBytes(gib: number): number {
  return Math.round((gib * GIB) / 512) * 512;
}
