/** Machine type, firmware, accelerator, CPU, memory, clock, and what happens at the guest's own events. */
import { AppError } from '../../shared/errors';
import type { VmSpec } from '../../shared/vm';
import type { ArgvInput } from '../argv';
import { jsonArg } from './options';

const ALIASES = { q35: 'pc-q35', pc: 'pc-i440fx' } as const;

/** Smaller buffers make TCG translate again and again; the default of 1 GiB outgrows small guests. */
const MIN_TB_SIZE_MIB = 32;
const MAX_TB_SIZE_MIB = 512;

/** What makes Windows know that it is a guest: less time lost in timers and locks. */
const HYPER_V = 'relaxed vapic vpindex runtime reset time synic stimer ipi'.split(' ').map((name) => `hv-${name}=on`);

export function machineArgs(input: ArgvInput): string[] {
  const { spec } = input;
  const cpus = spec.cpu.count;
  return [
    ...firmwareNodes(input),
    ...['-machine', machineValue(input), '-accel', accelerator(input), '-cpu', cpuModel(input)],
    ...['-smp', `cpus=${cpus},sockets=1,cores=${cpus},threads=1`, '-m', `size=${spec.memoryMiB}M`],
    ...['-rtc', isWindows(spec) ? 'base=localtime,driftfix=slew' : 'base=utc'],
    // Firmware boots from what is in the boot order, and from nothing else.
    ...['-boot', 'strict=on'],
    // A panicked or powered-off guest keeps its QEMU, so that its end is seen even when Skep was away.
    ...['-action', 'panic=pause,shutdown=pause'],
  ];
}

function machineValue({ spec, hostQemuVersion }: ArgvInput): string {
  const { type, version } = spec.machine;
  if (version !== null && isNewer(version, hostQemuVersion))
    throw new AppError(
      'host_missing',
      `The VM has the hardware of QEMU ${version}, and this host has QEMU ${hostQemuVersion}. Install QEMU ${version} or newer.`,
    );
  const name = version === null ? type : `${ALIASES[type]}-${version}`;
  const firmware = spec.firmware.kind === 'uefi' ? ',pflash0=uefi-code,pflash1=uefi-vars' : '';
  return `${name},usb=off,vmport=off,dump-guest-core=off${firmware}`;
}

function firmwareNodes({ spec, paths }: ArgvInput): string[] {
  if (spec.firmware.kind === 'bios') return [];
  if (paths.uefiCode === null)
    throw new AppError(
      'host_missing',
      'The VM boots with UEFI, and this host has no UEFI firmware. Install the package ovmf (edk2-ovmf on Fedora and Arch).',
    );
  const code = { driver: 'file', filename: paths.uefiCode, locking: 'auto' };
  const vars = { driver: 'file', filename: paths.nvram, locking: 'on' };
  return [
    ...jsonArg('-blockdev', { driver: 'raw', 'node-name': 'uefi-code', 'read-only': true, file: code }),
    ...jsonArg('-blockdev', { driver: 'raw', 'node-name': 'uefi-vars', file: vars }),
  ];
}

function accelerator({ accelerator: name, spec }: ArgvInput): string {
  if (name === 'kvm') return 'kvm';
  const size = Math.min(MAX_TB_SIZE_MIB, Math.max(MIN_TB_SIZE_MIB, Math.floor(spec.memoryMiB / 4)));
  return `tcg,tb-size=${size}`;
}

function cpuModel({ accelerator: name, spec }: ArgvInput): string {
  if (name === 'tcg') return 'max';
  return isWindows(spec) ? ['host', 'hv-spinlocks=0x1fff', ...HYPER_V].join(',') : 'host';
}

function isWindows(spec: VmSpec): boolean {
  return spec.system === 'windows-11' || spec.system === 'windows-10';
}

function isNewer(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [thanMajor = 0, thanMinor = 0] = than.split('.').map(Number);
  return major > thanMajor || (major === thanMajor && minor > thanMinor);
}
