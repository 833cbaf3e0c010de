/**
 * What is too much for this host, said at the field.
 *
 *   field           warning                                error
 *   CPUs            more than the host has                 -
 *   memory          more than is free now                  more than the host has
 *   new disks       qcow2: may grow beyond the free space  raw: larger than the free space
 *   accelerator     TCG: slow                              one that does not run here
 *   firmware        -                                      UEFI without the firmware files
 *   host ports      another VM forwards it too             Skep's own port
 *
 * Two VMs may forward one port as long as they do not run at the same time, so that is a warning.
 */
import { devicesOf, type PortForward } from './device';
import type { LibraryFile } from './events';
import type { FieldNotes } from './field-keys';
import type { HostView, LiveStats } from './host';
import { SYSTEM_PRESETS } from './system-presets';
import { formatBytes, formatMiB } from './units';
import { forwardsOf, isAlive, type VmSpecDraft, type VmView } from './vm';

export interface LimitFacts {
  draft: VmSpecDraft;
  host: HostView;
  /** null before the first sample: nothing is said about free memory and space then. */
  stats: LiveStats | null;
  /** All VMs; the one that is edited is left out by its id. */
  vms: readonly VmView[];
  vmId: string | null;
  library: readonly LibraryFile[];
}

/** The notes of all fields that ask for more than the host has. */
export function hostLimits(facts: LimitFacts): FieldNotes {
  return {
    ...cpuLimits(facts),
    ...memoryLimits(facts),
    ...diskLimits(facts),
    ...machineLimits(facts),
    ...forwardLimits(facts),
  };
}

function cpuLimits({ draft, host }: LimitFacts): FieldNotes {
  const { count } = draft.cpu;
  if (count > host.cpuCount) {
    const has = host.cpuCount === 1 ? 'one CPU' : `${host.cpuCount} CPUs`;
    return warning('cpu.count', `This host has ${has}: more in a VM make it slower, not faster.`);
  }
  const { label, minimum } = SYSTEM_PRESETS[draft.system];
  if (count < minimum.cpuCount) return warning('cpu.count', `${label} needs at least ${minimum.cpuCount} CPUs.`);
  return {};
}

function memoryLimits({ draft, host, stats, vmId }: LimitFacts): FieldNotes {
  const wantedBytes = draft.memoryMiB * 1024 ** 2;
  if (wantedBytes > host.memoryTotalBytes) {
    const total = formatBytes(host.memoryTotalBytes);
    return error('memoryMiB', `This host has ${total} of memory in all. Choose less.`);
  }
  const { label, minimum } = SYSTEM_PRESETS[draft.system];
  if (draft.memoryMiB < minimum.memoryMiB) {
    return warning('memoryMiB', `${label} needs at least ${formatMiB(minimum.memoryMiB)} to install.`);
  }
  if (!stats) return {};
  // The VM's own memory comes back when it restarts.
  const ownBytes = vmId ? (stats.vms[vmId]?.memoryBytes ?? 0) : 0;
  const freeBytes = Math.max(0, stats.host.memoryTotalBytes - stats.host.memoryUsedBytes) + ownBytes;
  if (wantedBytes <= freeBytes) return {};
  return warning(
    'memoryMiB',
    `Only ${formatBytes(freeBytes)} are free now. Stop another VM first, or the host will swap or run out.`,
  );
}

function diskLimits({ draft, stats, library }: LimitFacts): FieldNotes {
  const notes: FieldNotes = {};
  const { label, minimum } = SYSTEM_PRESETS[draft.system];
  const freeBytes = stats?.host.diskFreeBytes ?? Infinity;
  devicesOf(draft, 'disk').forEach((disk, position) => {
    const key = `devices.${disk.id}.source`;
    if (disk.source.kind === 'copy') {
      const { libraryFile } = disk.source;
      const bytes = library.find((file) => file.ref === libraryFile)?.sizeBytes ?? 0;
      if (bytes > freeBytes) {
        notes[key] = {
          level: 'error',
          message: `The copy takes ${formatBytes(bytes)}, but only ${formatBytes(freeBytes)} are free. Make room first.`,
        };
      }
    }
    if (disk.source.kind !== 'blank') return;
    const { sizeBytes } = disk.source;
    if (sizeBytes > freeBytes) notes[key] = tooLarge(disk.format, freeBytes);
    else if (position === 0 && sizeBytes < minimum.diskBytes) {
      notes[key] = { level: 'warning', message: `${label} needs at least ${formatBytes(minimum.diskBytes)}.` };
    }
  });
  return notes;
}

function tooLarge(format: 'qcow2' | 'raw', freeBytes: number): FieldNotes[string] {
  const free = formatBytes(freeBytes);
  return format === 'raw'
    ? {
        level: 'error',
        message: `Only ${free} are free, and a raw disk may need its whole size. Choose less, or qcow2.`,
      }
    : {
        level: 'warning',
        message: `Only ${free} are free. The disk starts small, and the VM pauses when space runs out.`,
      };
}

function machineLimits({ draft, host }: LimitFacts): FieldNotes {
  const notes: FieldNotes = {};
  if (draft.firmware.kind === 'uefi' && !host.uefi.available) {
    notes['firmware.kind'] = { level: 'error', message: host.uefi.reason };
  }
  const chosen = draft.accelerator === 'auto' ? host.accelerator : draft.accelerator;
  const verdict = host.accelerators.find((accelerator) => accelerator.name === chosen);
  if (verdict && !verdict.works) {
    notes.accelerator = { level: 'error', message: [verdict.reason, verdict.fix].filter(Boolean).join(' ') };
  } else if (draft.accelerator === 'tcg' && host.accelerator === 'kvm') {
    notes.accelerator = { level: 'warning', message: 'KVM works on this host and is many times faster.' };
  }
  return notes;
}

function forwardLimits({ draft, host, vms, vmId }: LimitFacts): FieldNotes {
  const notes: FieldNotes = {};
  for (const nic of devicesOf(draft, 'nic')) {
    nic.network.forwards.forEach((forward, index) => {
      const key = `devices.${nic.id}.network.forwards.${index}`;
      const { protocol, hostPort } = forward;
      const other = vms.find((vm) => vm.id !== vmId && forwardsOf(vm.spec).some((theirs) => clash(theirs, forward)));
      if (protocol === 'tcp' && hostPort === host.listensOn?.port) {
        notes[`${key}.hostPort`] = {
          level: 'error',
          message: `Skep itself listens on port ${hostPort}. Choose another.`,
        };
      } else if (other) {
        const when = isAlive(other.status) ? 'which runs now' : 'and only one of the two can run at a time';
        notes[`${key}.hostPort`] = {
          level: 'warning',
          message: `${other.name} forwards port ${hostPort} too, ${when}.`,
        };
      }
      if (forward.hostAddress === '0.0.0.0') {
        notes[`${key}.hostAddress`] = {
          level: 'warning',
          message: '0.0.0.0: everybody who reaches this host reaches the guest’s port.',
        };
      }
    });
  }
  return notes;
}

/** True when two forwards cannot be open at once: the same port on the same address, or one on all addresses. */
function clash(a: PortForward, b: PortForward): boolean {
  if (a.protocol !== b.protocol || a.hostPort !== b.hostPort) return false;
  return a.hostAddress === b.hostAddress || [a.hostAddress, b.hostAddress].includes('0.0.0.0');
}

function warning(key: string, message: string): FieldNotes {
  return { [key]: { level: 'warning', message } };
}

function error(key: string, message: string): FieldNotes {
  return { [key]: { level: 'error', message } };
}
