/**
 * What each system gets when a VM is made: hardware that its installer can see without extra drivers.
 *
 *   system      machine  firmware  disk    NIC         serial, rng   needs at least
 *   linux       q35      BIOS      virtio  virtio-net  yes           512 MiB
 *   windows-11  q35      UEFI      SATA    e1000       no            2 CPUs, 4 GiB, 64 GiB
 *   windows-10  q35      BIOS      SATA    e1000       no            2 GiB, 32 GiB
 *   bsd         q35      BIOS      virtio  virtio-net  yes           512 MiB
 *   other       pc       BIOS      IDE     e1000       serial only   nothing known
 *
 * Windows gets SATA and e1000 because its installer has no virtio drivers; `other` is what systems of the last
 * 25 years know. Video is `std` for all: every firmware, boot loader and installer has a picture on it.
 * Windows' minimums are those of Microsoft's "system requirements" pages.
 */
import { GIB, type DiskBus } from './device';
import type { LibraryFile } from './events';
import type { VmSystem } from './vm';

/** Below any of these the system's own installer refuses or fails. 0 means nothing is known. */
export interface SystemMinimum {
  cpuCount: number;
  memoryMiB: number;
  diskBytes: number;
}

export interface SystemPreset {
  /** The name on the card and in sentences. */
  label: string;
  /** One line below the name. */
  summary: string;
  /** What a person should know before installing it, or null. */
  caution: string | null;
  /** What names of new VMs start with. */
  nameStem: string;
  machine: 'q35' | 'pc';
  firmware: 'bios' | 'uefi';
  cpuCount: number;
  memoryMiB: number;
  diskBytes: number;
  diskBus: DiskBus;
  nicModel: 'virtio-net' | 'e1000';
  serial: boolean;
  rng: boolean;
  minimum: SystemMinimum;
}

const NOTHING_KNOWN: SystemMinimum = { cpuCount: 0, memoryMiB: 0, diskBytes: 0 };

const WINDOWS = {
  machine: 'q35',
  cpuCount: 4,
  memoryMiB: 4096,
  diskBytes: 64 * GIB,
  diskBus: 'sata',
  nicModel: 'e1000',
  serial: false,
  rng: false,
} as const;

export const SYSTEM_PRESETS: Record<VmSystem, SystemPreset> = {
  linux: {
    label: 'Linux',
    summary: 'Debian, Ubuntu, Fedora, Arch and all others',
    caution: null,
    nameStem: 'linux',
    machine: 'q35',
    firmware: 'bios',
    cpuCount: 2,
    memoryMiB: 2048,
    diskBytes: 20 * GIB,
    diskBus: 'virtio',
    nicModel: 'virtio-net',
    serial: true,
    rng: true,
    minimum: { cpuCount: 1, memoryMiB: 512, diskBytes: 0 },
  },
  'windows-11': {
    ...WINDOWS,
    label: 'Windows 11',
    summary: 'Also Windows Server 2022 and 2025',
    caution:
      'The installer of Windows 11 checks for a TPM 2.0 and Secure Boot, which Skep’s VMs do not have yet. An unchanged Microsoft ISO will refuse to install; Windows Server does not check.',
    nameStem: 'windows-11',
    firmware: 'uefi',
    minimum: { cpuCount: 2, memoryMiB: 4096, diskBytes: 64 * GIB },
  },
  'windows-10': {
    ...WINDOWS,
    label: 'Windows 10',
    summary: 'Also Windows 7 and 8.1, Server 2012 to 2019',
    caution: null,
    nameStem: 'windows-10',
    firmware: 'bios',
    minimum: { cpuCount: 1, memoryMiB: 2048, diskBytes: 32 * GIB },
  },
  bsd: {
    label: 'BSD',
    summary: 'FreeBSD, OpenBSD, NetBSD, OPNsense, pfSense',
    caution: null,
    nameStem: 'bsd',
    machine: 'q35',
    firmware: 'bios',
    cpuCount: 2,
    memoryMiB: 2048,
    diskBytes: 20 * GIB,
    diskBus: 'virtio',
    nicModel: 'virtio-net',
    serial: true,
    rng: true,
    minimum: { cpuCount: 1, memoryMiB: 512, diskBytes: 0 },
  },
  other: {
    label: 'Other',
    summary: 'Old, small or unknown systems',
    caution: null,
    nameStem: 'vm',
    machine: 'pc',
    firmware: 'bios',
    cpuCount: 1,
    memoryMiB: 1024,
    diskBytes: 10 * GIB,
    diskBus: 'ide',
    nicModel: 'e1000',
    serial: true,
    rng: false,
    minimum: NOTHING_KNOWN,
  },
};

/** What of the host a preset bends to. */
export interface PresetHost {
  cpuCount: number;
  memoryTotalBytes: number;
  uefi: { available: boolean };
}

/**
 * A system's preset, cut to what the host has: no more CPUs than the host, at most half of its memory (never less
 * than the system needs), BIOS where there is no UEFI firmware.
 */
export function presetFor(system: VmSystem, host: PresetHost | null): SystemPreset {
  const preset = SYSTEM_PRESETS[system];
  if (!host) return preset;
  const halfMiB = Math.floor(host.memoryTotalBytes / 2 / 1024 ** 2 / 256) * 256;
  return {
    ...preset,
    cpuCount: Math.max(1, Math.min(preset.cpuCount, host.cpuCount)),
    memoryMiB: Math.max(Math.min(preset.memoryMiB, halfMiB), preset.minimum.memoryMiB, 256),
    firmware: host.uefi.available ? preset.firmware : 'bios',
  };
}

/** Words of file names and volume labels, most telling first. */
const HINTS: [RegExp, VmSystem][] = [
  [/win(dows)?[ ._-]*11|server[ ._-]*20(22|25)/i, 'windows-11'],
  [/win(dows)?[ ._-]*(7|8|10)|server[ ._-]*20(12|16|19)|^[CJS]\w*_X(64|86)F/i, 'windows-10'],
  [/freebsd|openbsd|netbsd|dragonfly|opnsense|pfsense|ghostbsd/i, 'bsd'],
  [/debian|ubuntu|mint|fedora|centos|rocky|alma|rhel|suse|arch|alpine|gentoo|nixos|manjaro|void|kali|linux/i, 'linux'],
];

/** The system that a library file holds, by its content, or else by its name or volume label; null when none tells. */
export function guessSystem(file: Pick<LibraryFile, 'name' | 'label' | 'facts'>): VmSystem | null {
  if (file.facts?.preset) return file.facts.preset;
  const words = [file.name, file.label ?? ''];
  return HINTS.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1] ?? null;
}

/**
 * A free VM name: the stem, or the stem with the lowest number from 2 on.
 *
 * @param taken names in use, in any case (`Web` and `web` would be confused)
 */
export function suggestName(stem: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  if (!used.has(stem)) return stem;
  let number = 2;
  while (used.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}
