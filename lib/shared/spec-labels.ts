/** What the choices of a spec are called: in menus, in "now: …" marks and in messages. */
import type { CdromDevice, DeviceDraft, DiskBus, DiskDraft, NicDevice, PortForward } from './device';
import { formatBytes, formatMiB } from './units';
import type { VmSpecDraft } from './vm';

export const MACHINE_LABELS: Record<VmSpecDraft['machine']['type'], string> = {
  q35: 'q35 (PCI Express, SATA)',
  pc: 'pc (PCI, IDE)',
};
export const FIRMWARE_LABELS: Record<VmSpecDraft['firmware']['kind'], string> = { bios: 'BIOS', uefi: 'UEFI' };
export const ACCELERATOR_LABELS: Record<VmSpecDraft['accelerator'], string> = {
  auto: 'Automatic',
  kvm: 'KVM',
  tcg: 'TCG (software)',
};
export const BUS_LABELS: Record<DiskBus, string> = { virtio: 'virtio', sata: 'SATA', ide: 'IDE' };
export const NIC_MODEL_LABELS: Record<NicDevice['model'], string> = {
  'virtio-net': 'virtio-net',
  e1000: 'Intel e1000',
};
export const VIDEO_LABELS = { std: 'Standard VGA', virtio: 'virtio' } as const;

/** `disk0` as "Disk 0": what lists and messages call a device. */
export function deviceLabel(deviceId: string): string {
  const [, kind = '', number = ''] = /^([a-z]+)(\d+)$/.exec(deviceId) ?? [];
  const names: Record<string, string> = { disk: 'Disk', cdrom: 'CD-ROM', nic: 'NIC' };
  return names[kind] ? `${names[kind]} ${number}` : deviceId;
}

/** What a disk holds, as a phrase. */
export function diskSourceLabel(source: DiskDraft['source']): string {
  if (source.kind === 'blank') return `new, blank, ${formatBytes(source.sizeBytes)}`;
  if (source.kind === 'copy') return `copy of ${source.libraryFile}`;
  return source.file;
}

export function mediaLabel(media: CdromDevice['media']): string {
  return media ? media.file : 'empty';
}

/** A forward as one line: `tcp 127.0.0.1:2222 → 22`. */
export function forwardLabel(forward: PortForward): string {
  return `${forward.protocol} ${forward.hostAddress}:${forward.hostPort} → ${forward.guestPort}`;
}

/** The devices that a VM has once or not at all. */
export const SINGLE_DEVICE_LABELS: Record<'video' | 'tablet' | 'serial' | 'rng', string> = {
  video: 'Display',
  tablet: 'USB tablet',
  serial: 'Serial port',
  rng: 'Random numbers (virtio-rng)',
};

/** One device in a few words, for lists that mix kinds. */
export function deviceSummary(device: DeviceDraft): string {
  switch (device.kind) {
    case 'disk':
      return `${BUS_LABELS[device.bus]}, ${device.format}, ${diskSourceLabel(device.source)}`;
    case 'cdrom':
      return `${BUS_LABELS[device.bus]}, ${mediaLabel(device.media)}`;
    case 'nic':
      return `${NIC_MODEL_LABELS[device.model]}, ${device.mac}`;
    case 'video':
      return VIDEO_LABELS[device.model];
    case 'tablet':
    case 'serial':
    case 'rng':
      return SINGLE_DEVICE_LABELS[device.kind];
  }
}

/** The whole VM in one line: `2 CPUs · 2 GiB · q35 · BIOS`. */
export function specSummary(spec: Pick<VmSpecDraft, 'cpu' | 'memoryMiB' | 'machine' | 'firmware'>): string {
  const cpus = spec.cpu.count === 1 ? '1 CPU' : `${spec.cpu.count} CPUs`;
  return [cpus, formatMiB(spec.memoryMiB), spec.machine.type, FIRMWARE_LABELS[spec.firmware.kind]].join(' · ');
}
