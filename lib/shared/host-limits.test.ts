import { describe, expect, it } from 'vitest';
import { GIB } from './device';
import type { HostView, LiveStats } from './host';
import { hostLimits, type LimitFacts } from './host-limits';
import { addNic, draftFor, newForward, setMachineType, updateDevice } from './spec-draft';
import { setSource } from './spec-system';
import { NO_AUTOSTART, type VmSpec, type VmSpecDraft, type VmView } from './vm';

const verdict = { probeMs: null, details: null };
const host: HostView = {
  hostname: 'attic',
  os: 'Debian GNU/Linux 12 (bookworm)',
  kernel: '6.1',
  cpuModel: 'CPU',
  cpuCount: 4,
  memoryTotalBytes: 16 * GIB,
  skepVersion: '0.1.0',
  listensOn: { address: '127.0.0.1', port: 7537 },
  home: '/home/a',
  libraryFolder: '/home/a/library',
  qemu: { version: '7.2', path: '/usr/bin' },
  accelerators: [
    { ...verdict, name: 'kvm', works: false, reason: 'There is no /dev/kvm.', fix: 'Turn on VT-x in the firmware.' },
    { ...verdict, name: 'tcg', works: true, reason: 'A probe guest ran.', fix: null },
  ],
  accelerator: 'tcg',
  uefi: { available: false, reason: 'OVMF is not installed: apt install ovmf.' },
  qemuUser: 'skep-vm',
  problems: [],
};
const stats: LiveStats = {
  host: {
    cpuPercent: 1,
    memoryUsedBytes: 8 * GIB,
    memoryTotalBytes: 16 * GIB,
    diskFreeBytes: 50 * GIB,
    diskTotalBytes: 100 * GIB,
    committedMiB: 0,
  },
  vms: { me: { cpuPercent: 1, memoryBytes: 4 * GIB } },
};

const draft = (change: Partial<VmSpecDraft> = {}) => ({ ...draftFor('linux', null), ...change });
const limits = (facts: Partial<LimitFacts>) =>
  hostLimits({ draft: draft(), host, stats, vms: [], vmId: null, library: [], ...facts });
const withDisk = (sizeGiB: number, format: 'qcow2' | 'raw') =>
  updateDevice(draft(), 'disk', 'disk0', (disk) => ({
    ...disk,
    format,
    source: { kind: 'blank', sizeBytes: sizeGiB * GIB },
  }));
const withForward = (hostPort: number, hostAddress = '127.0.0.1') =>
  updateDevice(draft(), 'nic', 'nic0', (nic) => ({
    ...nic,
    network: { ...nic.network, forwards: [{ ...newForward(22, hostPort, []), hostAddress }] },
  }));

function otherVm(spec: VmSpecDraft, status: VmView['status']): VmView {
  const bare = { ...spec, devices: spec.devices.filter((device) => device.kind !== 'disk') } as VmSpec;
  return {
    id: 'other',
    name: 'web',
    revision: 1,
    status,
    reason: null,
    operation: null,
    shutdownRequestedAt: null,
    pid: null,
    startedAt: null,
    accelerator: null,
    spec: bare,
    runningSpec: null,
    notes: '',
    autostart: NO_AUTOSTART,
    folderId: null,
    tags: [],
    isProtected: false,
    savedAt: null,
    lastExit: null,
    disks: [],
    problem: null,
    createdAt: '2026-11-23T00:00:00Z',
  };
}

describe('hostLimits', () => {
  it('says nothing about a VM that fits', () => {
    expect(limits({})).toEqual({});
  });

  it('warns about more CPUs than the host has, or fewer than the system needs', () => {
    expect(limits({ draft: draft({ cpu: { count: 4 } }) })).toEqual({});
    expect(limits({ draft: draft({ cpu: { count: 5 } }) })['cpu.count']).toMatchObject({ level: 'warning' });
    expect(limits({ draft: draft({ system: 'windows-11', cpu: { count: 1 } }) })['cpu.count']?.message).toContain(
      'at least 2',
    );
  });

  it('warns above the free memory, refuses above all of it, and counts the own memory as free', () => {
    expect(limits({ draft: draft({ memoryMiB: 8 * 1024 }) })).toEqual({});
    expect(limits({ draft: draft({ memoryMiB: 9 * 1024 }) }).memoryMiB).toMatchObject({ level: 'warning' });
    expect(limits({ draft: draft({ memoryMiB: 12 * 1024 }), vmId: 'me' })).toEqual({});
    expect(limits({ draft: draft({ memoryMiB: 17 * 1024 }) }).memoryMiB).toMatchObject({ level: 'error' });
    expect(limits({ draft: draft({ memoryMiB: 9 * 1024 }), stats: null })).toEqual({});
    expect(limits({ draft: draft({ memoryMiB: 256 }) }).memoryMiB?.message).toContain('512 MiB');
  });

  it('lets a qcow2 disk be larger than the free space, and a raw one not', () => {
    const key = 'devices.disk0.source';
    expect(limits({ draft: withDisk(50, 'raw') })).toEqual({});
    expect(limits({ draft: withDisk(51, 'qcow2') })[key]).toMatchObject({ level: 'warning' });
    expect(limits({ draft: withDisk(51, 'raw') })[key]).toMatchObject({ level: 'error' });
    expect(limits({ draft: { ...withDisk(20, 'qcow2'), system: 'windows-10' } })[key]?.message).toContain('32 GiB');
  });

  it('refuses a copy that does not fit', () => {
    const copy = setSource(draft(), { kind: 'image', file: 'big.raw', format: 'raw' });
    const file = (sizeBytes: number) => ({
      ref: 'big.raw',
      folder: null,
      name: 'big.raw',
      sizeBytes,
      modifiedAt: '',
      kind: 'raw' as const,
      label: null,
      virtualBytes: sizeBytes,
      facts: null,
      refusal: null,
      sha256: null,
      usedBy: [],
    });
    expect(limits({ draft: copy, library: [file(GIB)] })).toEqual({});
    expect(limits({ draft: copy, library: [file(51 * GIB)] })['devices.disk0.source']).toMatchObject({
      level: 'error',
    });
  });

  it('gives the reasons for missing firmware and accelerators', () => {
    const notes = limits({ draft: draft({ firmware: { kind: 'uefi' }, accelerator: 'kvm' }) });
    expect(notes['firmware.kind']).toEqual({ level: 'error', message: host.uefi.reason });
    expect(notes.accelerator?.message).toBe('There is no /dev/kvm. Turn on VT-x in the firmware.');
  });

  it('knows ports of other VMs and its own', () => {
    const key = 'devices.nic0.network.forwards.0.hostPort';
    const running = otherVm(withForward(2222), 'running');
    expect(limits({ draft: withForward(2222), vms: [running] })[key]).toEqual({
      level: 'warning',
      message: 'web forwards port 2222 too, which runs now.',
    });
    expect(limits({ draft: withForward(2222), vms: [running], vmId: 'other' })).toEqual({});
    expect(limits({ draft: withForward(2222), vms: [otherVm(withForward(2222, '127.0.0.2'), 'stopped')] })).toEqual({});
    expect(limits({ draft: withForward(7537) })[key]).toMatchObject({ level: 'error' });
    expect(
      limits({ draft: withForward(2222, '0.0.0.0') })['devices.nic0.network.forwards.0.hostAddress'],
    ).toMatchObject({
      level: 'warning',
    });
  });

  it('is about all NICs and both machines', () => {
    expect(limits({ draft: addNic(setMachineType(draft(), 'pc').draft) })).toEqual({});
  });
});
