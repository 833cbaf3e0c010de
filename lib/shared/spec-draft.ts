/**
 * Editing a `VmSpecDraft`: pure functions, each takes a draft and answers a new one. The wizard and the hardware
 * page keep one draft and change it through these only.
 *
 *   draftFor(system) ──┐                                    ┌─▶ vmm.vms.create
 *                      ├─▶ draft ─ add… remove… update… ──▶ ┤
 *   draftFromSpec(spec)┘                                    └─▶ vmm.vms.update
 */
import {
  DEFAULT_FORWARD_ADDRESS,
  devicesOf,
  MAX_CDROMS,
  MAX_DISKS,
  MAX_NICS,
  nextDeviceId,
  type CdromDevice,
  type DeviceDraft,
  type DiskBus,
  type DiskDraft,
  type NicDevice,
  type PortForward,
} from './device';
import { presetFor, type PresetHost } from './system-presets';
import type { VmSpec, VmSpecDraft, VmSystem } from './vm';

/** A random MAC address with the prefix that QEMU's guests have (52:54:00, locally administered). */
export function randomMac(): string {
  const tail = crypto.getRandomValues(new Uint8Array(3));
  return ['52', '54', '00', ...[...tail].map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
}

/**
 * The draft of a new VM: the system's preset with one blank disk, one empty CD-ROM drive and one NIC on user
 * networking.
 *
 * @param host what the preset is cut to; null takes it as it is
 */
export function draftFor(system: VmSystem, host: PresetHost | null, mac: string = randomMac()): VmSpecDraft {
  const preset = presetFor(system, host);
  const devices: DeviceDraft[] = [
    {
      kind: 'disk',
      id: 'disk0',
      bus: preset.diskBus,
      format: 'qcow2',
      source: { kind: 'blank', sizeBytes: preset.diskBytes },
    },
    { kind: 'cdrom', id: 'cdrom0', bus: cdromBus(preset.machine), media: null },
    {
      kind: 'nic',
      id: 'nic0',
      model: preset.nicModel,
      mac,
      network: { kind: 'user', isolated: false, forwards: [] },
    },
    { kind: 'video', id: 'video0', model: 'std' },
    { kind: 'tablet', id: 'tablet0' },
  ];
  if (preset.serial) devices.push({ kind: 'serial', id: 'serial0' });
  if (preset.rng) devices.push({ kind: 'rng', id: 'rng0' });
  return {
    version: 1,
    system,
    architecture: 'x86_64',
    machine: { type: preset.machine, version: null },
    firmware: { kind: preset.firmware },
    accelerator: 'auto',
    cpu: { count: preset.cpuCount },
    memoryMiB: preset.memoryMiB,
    boot: { order: defaultBootOrder(devices) },
    devices,
  };
}

/** The draft that leaves an existing VM as it is. */
export function draftFromSpec(spec: VmSpec): VmSpecDraft {
  const devices = spec.devices.map((device): DeviceDraft => {
    if (device.kind !== 'disk') return device;
    const { kind, id, bus, format, source } = device;
    return { kind, id, bus, format, source };
  });
  return { ...spec, devices };
}

/** Disks, then CD-ROMs: a blank disk falls through to the CD, and the installed system later boots by itself. */
export function defaultBootOrder(devices: readonly { kind: string; id: string }[]): string[] {
  const ids = (kind: string) => devices.filter((device) => device.kind === kind).map((device) => device.id);
  return [...ids('disk'), ...ids('cdrom')];
}

/** The drives' bus that each machine's firmware reads CD-ROMs from. */
export function cdromBus(machine: 'q35' | 'pc'): 'sata' | 'ide' {
  return machine === 'q35' ? 'sata' : 'ide';
}

/** Replaces the devices and keeps the boot order right: gone devices leave it, new drives join it. */
function withDevices(draft: VmSpecDraft, devices: DeviceDraft[]): VmSpecDraft {
  const wasDefault = draft.boot.order.join() === defaultBootOrder(draft.devices).join();
  const ids = new Set(devices.map((device) => device.id));
  const known = new Set(draft.devices.map((device) => device.id));
  const fresh = defaultBootOrder(devices).filter((id) => !known.has(id));
  const order = wasDefault ? defaultBootOrder(devices) : [...draft.boot.order.filter((id) => ids.has(id)), ...fresh];
  return { ...draft, devices, boot: { order } };
}

/** Puts a device behind the last of its kind, so that lists keep their order. */
function inserted(devices: readonly DeviceDraft[], device: DeviceDraft): DeviceDraft[] {
  const last = devices.findLastIndex((other) => other.kind === device.kind);
  return last < 0 ? [...devices, device] : devices.toSpliced(last + 1, 0, device);
}

/** Adds a disk on the bus that the VM's system takes best. The caller checks `whyNoMore` first. */
export function addDisk(
  draft: VmSpecDraft,
  source: DiskDraft['source'],
  format: DiskDraft['format'] = 'qcow2',
): VmSpecDraft {
  const bus = fittingBus(presetFor(draft.system, null).diskBus, draft.machine.type);
  const disk: DiskDraft = { kind: 'disk', id: nextDeviceId(draft, 'disk'), bus, format, source };
  return withDevices(draft, inserted(draft.devices, disk));
}

/** Adds an empty CD-ROM drive. */
export function addCdrom(draft: VmSpecDraft): VmSpecDraft {
  const cdrom: CdromDevice = {
    kind: 'cdrom',
    id: nextDeviceId(draft, 'cdrom'),
    bus: cdromBus(draft.machine.type),
    media: null,
  };
  return withDevices(draft, inserted(draft.devices, cdrom));
}

/** Adds a NIC on user networking without forwards. */
export function addNic(draft: VmSpecDraft, mac: string = randomMac()): VmSpecDraft {
  const nic: NicDevice = {
    kind: 'nic',
    id: nextDeviceId(draft, 'nic'),
    model: presetFor(draft.system, null).nicModel,
    mac,
    network: { kind: 'user', isolated: false, forwards: [] },
  };
  return withDevices(draft, inserted(draft.devices, nic));
}

/** Why no further device of a kind can be added, as a sentence, or null. */
export function whyNoMore(draft: VmSpecDraft, kind: 'disk' | 'cdrom' | 'nic'): string | null {
  const [max, plural] = { disk: [MAX_DISKS, 'disks'], cdrom: [MAX_CDROMS, 'CD-ROM drives'], nic: [MAX_NICS, 'NICs'] }[
    kind
  ] as [number, string];
  return devicesOf(draft, kind).length >= max ? `A VM can have at most ${max} ${plural}.` : null;
}

/** Takes a device out. A disk's file is not touched by this. */
export function removeDevice(draft: VmSpecDraft, deviceId: string): VmSpecDraft {
  return withDevices(
    draft,
    draft.devices.filter((device) => device.id !== deviceId),
  );
}

/** Changes one device. `change` must keep its kind and id. */
export function updateDevice<K extends DeviceDraft['kind']>(
  draft: VmSpecDraft,
  kind: K,
  deviceId: string,
  change: (device: Extract<DeviceDraft, { kind: K }>) => Extract<DeviceDraft, { kind: K }>,
): VmSpecDraft {
  const isMeant = (device: DeviceDraft): device is Extract<DeviceDraft, { kind: K }> =>
    device.kind === kind && device.id === deviceId;
  return { ...draft, devices: draft.devices.map((device) => (isMeant(device) ? change(device) : device)) };
}

/** Switches one of the devices that a VM has once or not at all. */
export function setPresence(draft: VmSpecDraft, kind: 'tablet' | 'serial' | 'rng' | 'video', on: boolean): VmSpecDraft {
  const present = draft.devices.some((device) => device.kind === kind);
  if (present === on) return draft;
  if (!on) return removeDevice(draft, `${kind}0`);
  const device: DeviceDraft =
    kind === 'video' ? { kind, id: 'video0', model: 'std' } : ({ kind, id: `${kind}0` } as DeviceDraft);
  return withDevices(draft, inserted(draft.devices, device));
}

/** The bus a drive gets on a machine: q35 has no IDE, pc boots from IDE best. */
export function fittingBus<B extends DiskBus>(bus: B, machine: 'q35' | 'pc'): B | 'sata' | 'ide' {
  return bus === 'virtio' ? bus : cdromBus(machine);
}

/**
 * Changes the machine type and moves drives to buses that it has.
 *
 * @returns the draft, and the ids of the drives that were moved
 */
export function setMachineType(draft: VmSpecDraft, type: 'q35' | 'pc'): { draft: VmSpecDraft; moved: string[] } {
  const moved: string[] = [];
  const devices = draft.devices.map((device) => {
    if (device.kind !== 'disk' && device.kind !== 'cdrom') return device;
    const bus = fittingBus(device.bus, type);
    if (bus === device.bus) return device;
    moved.push(device.id);
    return { ...device, bus } as DeviceDraft;
  });
  const version = type === draft.machine.type ? draft.machine.version : null;
  return { draft: { ...draft, machine: { type, version }, devices }, moved };
}

/** A forward to a guest port, on the suggested host port or the next one that is not in use. */
export function newForward(guestPort: number, hostPort: number, usedTcpPorts: readonly number[]): PortForward {
  let free = hostPort;
  while (usedTcpPorts.includes(free) && free < 65535) free++;
  return { protocol: 'tcp', hostAddress: DEFAULT_FORWARD_ADDRESS, hostPort: free, guestPort };
}
