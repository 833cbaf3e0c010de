import { describe, expect, it } from 'vitest';
import { devicesOf, GIB, macAddress, type DiskDraft } from './device';
import {
  addCdrom,
  addDisk,
  addNic,
  draftFor,
  draftFromSpec,
  newForward,
  randomMac,
  removeDevice,
  setMachineType,
  setPresence,
  updateDevice,
  whyNoMore,
} from './spec-draft';
import { VM_SYSTEMS, vmSpecDraft, type VmSpec } from './vm';

const blank: DiskDraft['source'] = { kind: 'blank', sizeBytes: GIB };
const linux = () => draftFor('linux', null, '52:54:00:00:00:01');

describe('draftFor', () => {
  it.each(VM_SYSTEMS)('makes a valid draft for %s', (system) => {
    expect(vmSpecDraft.safeParse(draftFor(system, null)).error?.issues ?? []).toEqual([]);
  });

  it('boots from the disk, then from the CD-ROM', () => {
    expect(linux().boot.order).toEqual(['disk0', 'cdrom0']);
  });
});

describe('draftFromSpec', () => {
  it('keeps everything and leaves the size of disks to their files', () => {
    const disk = { kind: 'disk', id: 'disk0', bus: 'virtio', format: 'raw' } as const;
    const source = { kind: 'vm-folder', file: 'disk0.raw' } as const;
    const spec: VmSpec = {
      ...linux(),
      devices: [{ ...disk, sizeBytes: GIB, source }],
      boot: { order: ['disk0'] },
    };
    const draft = draftFromSpec(spec);
    expect(draft.devices).toEqual([{ ...disk, source }]);
    expect(vmSpecDraft.safeParse(draft).success).toBe(true);
  });
});

describe('adding and removing', () => {
  it('gives the lowest free id and puts new drives into the default boot order', () => {
    const draft = addDisk(addDisk(linux(), blank), blank);
    expect(draft.boot.order).toEqual(['disk0', 'disk1', 'disk2', 'cdrom0']);
    const fewer = removeDevice(draft, 'disk1');
    expect(fewer.boot.order).toEqual(['disk0', 'disk2', 'cdrom0']);
    expect(devicesOf(addDisk(fewer, blank), 'disk').map((disk) => disk.id)).toEqual(['disk0', 'disk2', 'disk1']);
  });

  it('keeps a boot order that a person chose, and adds new drives at its end', () => {
    const chosen = { ...linux(), boot: { order: ['cdrom0', 'disk0'] } };
    expect(addDisk(chosen, blank).boot.order).toEqual(['cdrom0', 'disk0', 'disk1']);
    expect(addNic(chosen).boot.order).toEqual(['cdrom0', 'disk0']);
    expect(removeDevice(chosen, 'cdrom0').boot.order).toEqual(['disk0']);
  });

  it('does not bring back a drive that was taken out of the boot order', () => {
    const chosen = { ...linux(), boot: { order: ['disk0'] } };
    expect(addDisk(chosen, blank).boot.order).toEqual(['disk0', 'disk1']);
  });

  it('stays valid up to the maximum and then says why not', () => {
    let draft = linux();
    while (!whyNoMore(draft, 'disk')) draft = addDisk(draft, blank);
    while (!whyNoMore(draft, 'nic')) draft = addNic(draft);
    draft = addCdrom(draft);
    expect(vmSpecDraft.safeParse(draft).error?.issues ?? []).toEqual([]);
    expect(whyNoMore(draft, 'disk')).toContain('at most 8 disks');
    expect(whyNoMore(draft, 'cdrom')).toContain('at most 2');
  });

  it('changes one device only', () => {
    const draft = updateDevice(linux(), 'nic', 'nic0', (nic) => ({ ...nic, model: 'e1000' }));
    expect(devicesOf(draft, 'nic')[0]?.model).toBe('e1000');
    expect(draft.devices.filter((device) => device.kind !== 'nic')).toEqual(
      linux().devices.filter((device) => device.kind !== 'nic'),
    );
  });

  it('switches single devices on and off', () => {
    const without = setPresence(linux(), 'serial', false);
    expect(devicesOf(without, 'serial')).toEqual([]);
    expect(setPresence(without, 'serial', false)).toBe(without);
    expect(devicesOf(setPresence(without, 'serial', true), 'serial')).toEqual([{ kind: 'serial', id: 'serial0' }]);
  });
});

describe('setMachineType', () => {
  it('moves SATA drives to IDE and back, leaves virtio, and names what it moved', () => {
    const pc = setMachineType(addDisk(draftFor('windows-10', null), blank), 'pc');
    expect(pc.moved).toEqual(['disk0', 'disk1', 'cdrom0']);
    expect(vmSpecDraft.safeParse(pc.draft).success).toBe(true);
    const back = setMachineType(pc.draft, 'q35');
    expect(back.moved).toEqual(['disk0', 'disk1', 'cdrom0']);
    expect(vmSpecDraft.safeParse(back.draft).success).toBe(true);
    expect(setMachineType(linux(), 'pc').moved).toEqual(['cdrom0']);
  });

  it('unpins the version of another type only', () => {
    const pinned = { ...linux(), machine: { type: 'q35', version: '7.2' } as const };
    expect(setMachineType(pinned, 'q35').draft.machine.version).toBe('7.2');
    expect(setMachineType(pinned, 'pc').draft.machine.version).toBeNull();
  });
});

describe('small makers', () => {
  it('makes MAC addresses that the schema takes, each another', () => {
    const macs = Array.from({ length: 50 }, randomMac);
    for (const mac of macs) expect(macAddress.safeParse(mac).success && mac.startsWith('52:54:00:')).toBe(true);
    expect(new Set(macs).size).toBeGreaterThan(45);
  });

  it('forwards from the next free port on this machine only', () => {
    expect(newForward(22, 2222, [2222, 2223])).toEqual({
      protocol: 'tcp',
      hostAddress: '127.0.0.1',
      hostPort: 2224,
      guestPort: 22,
    });
  });
});
