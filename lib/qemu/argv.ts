/**
 * From the definition of a VM to QEMU's command line: pure, so that goldens can show every change.
 *
 *   VmSpec ─▶ machine ─▶ disks ─▶ NICs ─▶ the rest ─▶ ["-name", "guest=…", …]
 *
 * Whatever carries text goes as JSON (-blockdev, -device, -netdev, -object): a comma or a prefix like `nbd:` in
 * a file name means nothing there. The other options carry only what Skep has made or checked itself. Names of
 * sockets are relative: QEMU's working directory is its run directory.
 */
import { isAbsolute } from 'node:path';
import { devicesOf } from '../shared/device';
import { AppError } from '../shared/errors';
import { vmName, type VmSpec } from '../shared/vm';
import { diskArgs } from './argv/disks';
import { displayArgs } from './argv/display';
import { machineArgs } from './argv/machine';
import { nicArgs } from './argv/nics';
import { deviceArg, jsonArg, socketArgs } from './argv/options';
import { PCI_SLOTS, pciBus } from './argv/pci';
import { RUN_FILES } from './run-files';

export interface ArgvInput {
  /** The VM's UUID. */
  id: string;
  name: string;
  spec: VmSpec;
  accelerator: 'kvm' | 'tcg';
  /** Such as "7.2". */
  hostQemuVersion: string;
  /** All absolute. */
  paths: {
    diskFile(file: string): string;
    libraryFile(file: string): string;
    /** The VM's own variable store of the UEFI firmware. */
    nvram: string;
    /** The UEFI firmware's code, null when the host has none. */
    uefiCode: string | null;
  };
  /** A saved state will be read in before the guest goes on. */
  incoming: boolean;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SANDBOX = 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny';

/**
 * Builds the arguments of `qemu-system-x86_64` for one VM. The guest is paused until it is told to go on.
 *
 * @throws AppError `host_missing` for what this host's QEMU or firmware cannot give, `invalid_input` for a name
 *   that could be read as an option
 */
export function buildArgv(input: ArgvInput): string[] {
  checkIdentity(input);
  return [
    ...['-name', `guest=${input.name},debug-threads=on`, '-uuid', input.id, '-S'],
    ...['-nodefaults', '-no-user-config', '-sandbox', SANDBOX],
    ...machineArgs(checkedPaths(input)),
    ...monitorArgs('mon0', RUN_FILES.qmp),
    ...monitorArgs('mon1', RUN_FILES.rescue),
    ...diskArgs(input.spec, checkedPaths(input).paths),
    ...nicArgs(input.spec),
    ...displayArgs(input.spec),
    ...serialArgs(input.spec),
    ...rngArgs(input.spec),
    // Tells Skep of a panic in the guest. An ISA device, so it takes no PCI slot.
    ...deviceArg({ driver: 'pvpanic', id: 'pvpanic0' }),
    ...(input.incoming ? ['-incoming', 'defer'] : []),
    ...['-pidfile', RUN_FILES.pid, '-msg', 'timestamp=on', '-overcommit', 'mem-lock=off'],
  ];
}

/**
 * The command as lines that a person can read and paste into a shell: one option with its value per line.
 *
 * @param argv arguments, with or without the program before them
 */
export function describeArgv(argv: readonly string[]): string[] {
  const lines: string[] = [];
  for (const arg of argv) {
    const startsLine = arg.startsWith('-') || lines.length === 0;
    if (startsLine) lines.push(shellQuote(arg));
    else lines[lines.length - 1] += ` ${shellQuote(arg)}`;
  }
  return lines;
}

function shellQuote(arg: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(arg)) return arg;
  return `'${arg.replaceAll("'", `'\\''`)}'`;
}

function checkIdentity({ id, name }: ArgvInput): void {
  if (!UUID.test(id)) throw new AppError('internal', 'The id of the VM is no UUID.');
  if (!vmName.safeParse(name).success)
    throw new AppError('invalid_input', 'The name of the VM has characters that QEMU could misread.');
}

/** The same input, whose paths refuse what QEMU would look for elsewhere. */
function checkedPaths(input: ArgvInput): ArgvInput {
  const { diskFile, libraryFile, nvram, uefiCode } = input.paths;
  const paths = {
    diskFile: (file: string) => absolute(diskFile(file)),
    libraryFile: (file: string) => absolute(libraryFile(file)),
    nvram: absolute(nvram),
    uefiCode: uefiCode === null ? null : absolute(uefiCode),
  };
  return { ...input, paths };
}

function absolute(path: string): string {
  if (isAbsolute(path) && !path.includes('\0')) return path;
  throw new AppError('internal', 'A path for QEMU must be absolute.', { details: path });
}

function monitorArgs(id: string, socket: string): string[] {
  return [...socketArgs(id, socket), '-mon', `chardev=${id},mode=control`];
}

function serialArgs(spec: VmSpec): string[] {
  return devicesOf(spec, 'serial').flatMap((serial) => [
    ...socketArgs(`${serial.id}-socket`, RUN_FILES.serial),
    ...deviceArg({ driver: 'isa-serial', id: serial.id, chardev: `${serial.id}-socket` }),
  ]);
}

function rngArgs(spec: VmSpec): string[] {
  return devicesOf(spec, 'rng').flatMap((rng) => [
    ...jsonArg('-object', { 'qom-type': 'rng-random', id: `${rng.id}-source`, filename: '/dev/urandom' }),
    ...deviceArg({
      driver: 'virtio-rng-pci',
      id: rng.id,
      rng: `${rng.id}-source`,
      bus: pciBus(spec),
      addr: PCI_SLOTS.rng,
    }),
  ]);
}
