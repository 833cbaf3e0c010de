import { describe, expect, it } from 'vitest';
import { GIB } from './device';
import { guessSystem, presetFor, suggestName, SYSTEM_PRESETS } from './system-presets';
import { VM_SYSTEMS } from './vm';

const bigHost = { cpuCount: 16, memoryTotalBytes: 64 * GIB, uefi: { available: true } };

describe('presetFor', () => {
  it.each(VM_SYSTEMS)('gives %s at least what its installer needs', (system) => {
    const preset = presetFor(system, bigHost);
    expect(preset.cpuCount).toBeGreaterThanOrEqual(preset.minimum.cpuCount);
    expect(preset.memoryMiB).toBeGreaterThanOrEqual(preset.minimum.memoryMiB);
    expect(preset.diskBytes).toBeGreaterThanOrEqual(preset.minimum.diskBytes);
  });

  it('is the plain preset on a big host', () => {
    expect(presetFor('windows-11', bigHost)).toEqual(SYSTEM_PRESETS['windows-11']);
  });

  it('bends to a small host, but not below what the system needs', () => {
    const small = { cpuCount: 1, memoryTotalBytes: 2 * GIB, uefi: { available: false } };
    expect(presetFor('linux', small)).toMatchObject({ cpuCount: 1, memoryMiB: 1024 });
    expect(presetFor('windows-11', small)).toMatchObject({ cpuCount: 1, memoryMiB: 4096, firmware: 'bios' });
  });

  it('gives Windows no virtio, which its installer cannot see', () => {
    for (const system of ['windows-11', 'windows-10'] as const) {
      expect(SYSTEM_PRESETS[system]).toMatchObject({ diskBus: 'sata', nicModel: 'e1000' });
    }
  });
});

describe('guessSystem', () => {
  it.each([
    ['debian-13.1.0-amd64-netinst.iso', null, 'linux'],
    ['Win11_25H2_English_x64.iso', 'CCCOMA_X64FRE_EN-US_DV9', 'windows-11'],
    ['de-de_windows_10.iso', null, 'windows-10'],
    ['a.iso', 'CCCOMA_X64FRE_EN-US_DV9', 'windows-10'],
    ['FreeBSD-15.0-RELEASE-amd64-disc1.iso', null, 'bsd'],
    ['image.iso', 'Ubuntu-Server 26.04 LTS amd64', 'linux'],
    ['freedos.iso', 'FD14', null],
  ])('%s (%s) is %s', (name, label, system) => {
    expect(guessSystem({ name, label, facts: null })).toBe(system);
  });

  it('believes the content of an ISO before its name', () => {
    const facts = { label: null, system: 'FreeBSD', version: null, preset: 'bsd' as const, architecture: null };
    const file = { name: 'debian.iso', label: null, facts: { ...facts, boots: { bios: true, uefi: false } } };
    expect(guessSystem(file)).toBe('bsd');
  });
});

describe('suggestName', () => {
  it('counts up from 2 and ignores case', () => {
    expect(suggestName('linux', [])).toBe('linux');
    expect(suggestName('linux', ['Linux'])).toBe('linux-2');
    expect(suggestName('linux', ['linux', 'linux-2', 'linux-4'])).toBe('linux-3');
  });
});
