import { describe, expect, it } from 'vitest';
import { GIB } from './device';
import { addDisk, draftFor, draftFromSpec, removeDevice, setPresence, updateDevice } from './spec-draft';
import { diffSpec } from './spec-diff';
import type { VmSpec } from './vm';

const base = draftFor('linux', null, '52:54:00:00:00:01');
const running: VmSpec = {
  ...base,
  devices: base.devices.map((device) =>
    device.kind === 'disk' ? { ...device, sizeBytes: GIB, source: { kind: 'vm-folder', file: 'disk0.qcow2' } } : device,
  ),
};
const draft = draftFromSpec(running);

describe('diffSpec', () => {
  it('finds nothing in the draft of the running spec', () => {
    expect(diffSpec(draft, running)).toEqual({});
  });

  it('tells what the machine has now', () => {
    const changed = { ...draft, cpu: { count: 8 }, memoryMiB: 512, firmware: { kind: 'uefi' } as const };
    expect(diffSpec(changed, running)).toEqual({
      'cpu.count': '2 CPUs',
      memoryMiB: '2 GiB',
      'firmware.kind': 'BIOS',
    });
  });

  it('tells fields of devices by their ids', () => {
    const changed = updateDevice(draft, 'nic', 'nic0', (nic) => ({
      ...nic,
      model: 'e1000',
      network: {
        ...nic.network,
        forwards: [{ protocol: 'tcp', hostAddress: '127.0.0.1', hostPort: 2222, guestPort: 22 }],
      },
    }));
    expect(diffSpec(changed, running)).toEqual({
      'devices.nic0.model': 'virtio-net',
      'devices.nic0.network.forwards': 'none',
    });
    const media = { kind: 'library', file: 'a.iso' } as const;
    const inserted = updateDevice(draft, 'cdrom', 'cdrom0', (cdrom) => ({ ...cdrom, media }));
    expect(diffSpec(inserted, running)).toEqual({ 'devices.cdrom0.media': 'empty' });
  });

  it('tells devices that come and go', () => {
    const more = addDisk(draft, { kind: 'blank', sizeBytes: GIB });
    expect(diffSpec(more, running)).toEqual({
      'boot.order': 'Disk 0, CD-ROM 0',
      'devices.disk1': 'not there',
    });
    expect(diffSpec(removeDevice(draft, 'disk0'), running)).toEqual({
      'boot.order': 'Disk 0, CD-ROM 0',
      'devices.disk0': 'virtio, qcow2, disk0.qcow2',
    });
    expect(diffSpec(setPresence(draft, 'serial', false), running)).toEqual({ 'devices.serial0': 'Serial port' });
  });
});
