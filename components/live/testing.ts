/** Small worlds for the tests of this folder. */
import type { LiveSnapshot } from '@/lib/shared/events';
import { NO_AUTOSTART, type VmView } from '@/lib/shared/vm';

/** A stopped VM without devices; its id is `id-` and its name. */
export function vmNamed(name: string): VmView {
  return {
    id: `id-${name}`,
    name,
    revision: 1,
    status: 'stopped',
    reason: null,
    operation: null,
    shutdownRequestedAt: null,
    pid: null,
    startedAt: null,
    accelerator: null,
    spec: {
      version: 1,
      system: 'linux',
      architecture: 'x86_64',
      machine: { type: 'q35', version: null },
      firmware: { kind: 'bios' },
      accelerator: 'auto',
      cpu: { count: 1 },
      memoryMiB: 512,
      boot: { order: [] },
      devices: [],
    },
    runningSpec: null,
    notes: '',
    folderId: null,
    tags: [],
    isProtected: false,
    autostart: NO_AUTOSTART,
    savedAt: null,
    lastExit: null,
    disks: [],
    problem: null,
    createdAt: '2026-11-23T10:00:00Z',
  };
}

/** A host without anything special, these VMs, and a rev. */
export function snapshotOf(rev: number, vms: VmView[]): LiveSnapshot {
  return {
    rev,
    build: 'build-1',
    vms,
    host: {
      hostname: 'host',
      os: 'Debian GNU/Linux 12 (bookworm)',
      kernel: '6.1.0',
      cpuModel: 'a CPU',
      cpuCount: 2,
      memoryTotalBytes: 8 * 1024 ** 3,
      skepVersion: '0.1.0',
      home: '/home/me/skep',
      libraryFolder: '/home/me/skep/library',
      qemu: null,
      accelerators: [],
      accelerator: 'tcg',
      uefi: { available: false, reason: 'not probed' },
      qemuUser: 'me',
      problems: [],
    },
    library: [],
    tasks: [],
    folders: [],
    tags: [],
    trash: { keepDays: 7, items: [] },
    stats: null,
  };
}
