import { describe, expect, it } from 'vitest';
import { devicesOf, GIB } from './device';
import { draftFor, setMachineType, updateDevice } from './spec-draft';
import { changeSystem, gibToBytes, setSource } from './spec-system';
import { VM_SYSTEMS, vmSpecDraft, type VmSpecDraft } from './vm';

const firstDiskBytes = (draft: VmSpecDraft) => {
  const source = devicesOf(draft, 'disk')[0]?.source;
  return source?.kind === 'blank' ? source.sizeBytes : null;
};
const MAC = '52:54:00:00:00:01';

describe('changeSystem', () => {
  const pairs = VM_SYSTEMS.flatMap((from) => VM_SYSTEMS.map((to) => [from, to] as const));

  it.each(pairs)('from an untouched %s is the preset of %s', (from, to) => {
    const changed = changeSystem(draftFor(from, null, MAC), to, null);
    const wanted = draftFor(to, null, MAC);
    expect({ ...changed, devices: changed.devices.toSorted((a, b) => a.id.localeCompare(b.id)) }).toEqual({
      ...wanted,
      devices: wanted.devices.toSorted((a, b) => a.id.localeCompare(b.id)),
    });
  });

  it('keeps what was set by hand', () => {
    const mine = setSource(
      {
        ...updateDevice(draftFor('linux', null, MAC), 'disk', 'disk0', (disk) => ({
          ...disk,
          source: { kind: 'blank', sizeBytes: 7 * GIB },
        })),
        memoryMiB: 3000,
      },
      { kind: 'iso', file: 'a.iso' },
    );
    const changed = changeSystem(mine, 'windows-11', null);
    expect(changed).toMatchObject({ memoryMiB: 3000, cpu: { count: 4 }, firmware: { kind: 'uefi' } });
    expect(firstDiskBytes(changed)).toBe(7 * GIB);
    expect(devicesOf(changed, 'cdrom')[0]?.media).toEqual({ kind: 'library', file: 'a.iso' });
    expect(devicesOf(changed, 'disk')[0]?.bus).toBe('sata');
  });

  it('never leaves a drive on a bus that the machine lacks', () => {
    const pc = setMachineType(draftFor('linux', null, MAC), 'pc').draft;
    const changed = changeSystem(pc, 'windows-10', null);
    expect(changed.machine.type).toBe('pc');
    expect(vmSpecDraft.safeParse(changed).error?.issues ?? []).toEqual([]);
  });
});

describe('setSource', () => {
  it('puts the ISO into the drive and leaves the blank disk', () => {
    const draft = setSource(draftFor('linux', null, MAC), { kind: 'iso', file: 'debian.iso' });
    expect(devicesOf(draft, 'cdrom')[0]?.media).toEqual({ kind: 'library', file: 'debian.iso' });
    expect(firstDiskBytes(draft)).toBe(20 * GIB);
  });

  it('copies an image in its own format, and goes back to a blank disk', () => {
    const image = setSource(draftFor('linux', null, MAC), { kind: 'image', file: 'box.raw', format: 'raw' });
    expect(devicesOf(image, 'disk')[0]).toMatchObject({
      format: 'raw',
      source: { kind: 'copy', libraryFile: 'box.raw' },
    });
    expect(vmSpecDraft.safeParse(image).success).toBe(true);
    expect(firstDiskBytes(setSource(image, { kind: 'blank' }))).toBe(20 * GIB);
  });

  it('makes the first disk and drive again when they were removed', () => {
    const bare = { ...draftFor('linux', null, MAC), devices: [], boot: { order: [] } };
    const draft = setSource(bare, { kind: 'iso', file: 'a.iso' });
    expect(draft.boot.order).toEqual(['disk0', 'cdrom0']);
    expect(vmSpecDraft.safeParse(draft).success).toBe(true);
  });
});

describe('gibToBytes', () => {
  it('answers whole sectors', () => {
    expect(gibToBytes(10)).toBe(10 * GIB);
    expect(gibToBytes(0.333) % 512).toBe(0);
  });
});
