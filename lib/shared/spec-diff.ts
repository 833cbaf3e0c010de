/**
 * Which fields of a draft differ from the spec that a VM runs with. The page marks them "takes effect at the
 * next start; now: …".
 */
import type { Device, DeviceDraft } from './device';
import {
  ACCELERATOR_LABELS,
  BUS_LABELS,
  deviceLabel,
  deviceSummary,
  diskSourceLabel,
  FIRMWARE_LABELS,
  forwardLabel,
  MACHINE_LABELS,
  mediaLabel,
  NIC_MODEL_LABELS,
  VIDEO_LABELS,
} from './spec-labels';
import { formatMiB } from './units';
import type { VmSpec, VmSpecDraft } from './vm';

/** Field key (see `field-keys.ts`) → what runs now, in words. */
export type SpecDiff = Record<string, string>;

/** One comparable field: its key behind the device's, a value to compare, and the value in words. */
type Facet = [key: string, value: unknown, words: string];

/**
 * Compares a draft with what runs.
 *
 * A device that only the draft has is at `devices.<id>` with "not there"; one that only the running VM has is at
 * the same key with its summary.
 */
export function diffSpec(draft: VmSpecDraft, running: VmSpec): SpecDiff {
  const diff: SpecDiff = {};
  compare(diff, '', machineFacets(draft), machineFacets(running));
  const now = new Map(running.devices.map((device) => [device.id, device]));
  const wanted = new Map(draft.devices.map((device) => [device.id, device]));
  for (const device of draft.devices) {
    const old = now.get(device.id);
    if (!old) diff[`devices.${device.id}`] = 'not there';
    else compare(diff, `devices.${device.id}.`, deviceFacets(device), deviceFacets(old));
  }
  for (const device of running.devices) {
    if (!wanted.has(device.id)) diff[`devices.${device.id}`] = deviceSummary(device);
  }
  return diff;
}

function compare(diff: SpecDiff, prefix: string, wanted: Facet[], now: Facet[]): void {
  const before = new Map(now.map(([key, value, words]) => [key, { value, words }]));
  for (const [key, value] of wanted) {
    const old = before.get(key);
    if (old && JSON.stringify(old.value) !== JSON.stringify(value)) diff[prefix + key] = old.words;
  }
}

function machineFacets(spec: VmSpec | VmSpecDraft): Facet[] {
  return [
    ['machine.type', spec.machine.type, MACHINE_LABELS[spec.machine.type]],
    ['firmware.kind', spec.firmware.kind, FIRMWARE_LABELS[spec.firmware.kind]],
    ['accelerator', spec.accelerator, ACCELERATOR_LABELS[spec.accelerator]],
    ['cpu.count', spec.cpu.count, spec.cpu.count === 1 ? '1 CPU' : `${spec.cpu.count} CPUs`],
    ['memoryMiB', spec.memoryMiB, formatMiB(spec.memoryMiB)],
    ['boot.order', spec.boot.order, spec.boot.order.map(deviceLabel).join(', ') || 'nothing'],
  ];
}

function deviceFacets(device: Device | DeviceDraft): Facet[] {
  switch (device.kind) {
    case 'disk':
      return [
        ['bus', device.bus, BUS_LABELS[device.bus]],
        ['source', device.source, diskSourceLabel(device.source)],
      ];
    case 'cdrom':
      return [
        ['bus', device.bus, BUS_LABELS[device.bus]],
        ['media', device.media, mediaLabel(device.media)],
      ];
    case 'nic': {
      const { isolated, forwards } = device.network;
      return [
        ['model', device.model, NIC_MODEL_LABELS[device.model]],
        ['mac', device.mac, device.mac],
        ['network.isolated', isolated, isolated ? 'isolated' : 'not isolated'],
        ['network.forwards', forwards, forwards.map(forwardLabel).join(', ') || 'none'],
      ];
    }
    case 'video':
      return [['model', device.model, VIDEO_LABELS[device.model]]];
    case 'tablet':
    case 'serial':
    case 'rng':
      return [];
  }
}
