/** What this host must have before anything of Skep can run. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, outputOf } from './run.mjs';
import { SetupError } from './say.mjs';
import { isAtLeast, parseVersion } from './versions.mjs';

export const NODE_FLOOR = '20.19';
export const QEMU_FLOOR = '7.2';

/** Where distributions put the UEFI firmware for x86_64 guests. */
const OVMF_FILES = [
  '/usr/share/OVMF/OVMF_CODE_4M.fd',
  '/usr/share/OVMF/OVMF_CODE.fd',
  '/usr/share/edk2/ovmf/OVMF_CODE.fd',
  '/usr/share/edk2/x64/OVMF_CODE.4m.fd',
  '/usr/share/edk2-ovmf/x64/OVMF_CODE.fd',
  '/usr/share/qemu/ovmf-x86_64-code.bin',
];

/** @throws SetupError when the operating system or Node.js is not one that Skep runs on */
export function checkPlatform(platform = process.platform, nodeVersion = process.versions.node) {
  if (platform !== 'linux') {
    throw new SetupError(`Skep runs on Linux only, because it uses Linux's virtual machines; this is ${platform}.`);
  }
  if (!isAtLeast(parseVersion(nodeVersion), NODE_FLOOR)) {
    throw new SetupError(
      `Skep needs Node.js ${NODE_FLOOR} or newer; this is ${nodeVersion}. Install a newer one, then run the same command again.`,
    );
  }
}

/**
 * What is missing of QEMU, as names of `distribution.mjs`: `qemu-system-x86_64`, `qemu-img`, `ovmf`.
 *
 * @throws SetupError when QEMU is there but too old
 */
export function findMissing(env = process.env) {
  const folders = env.SKEP_QEMU_DIR ? [env.SKEP_QEMU_DIR] : undefined;
  const missing = [];
  for (const name of ['qemu-system-x86_64', 'qemu-img']) {
    const program = findProgram([name], folders);
    if (program) checkQemuVersion(program, outputOf(program, ['--version']));
    else missing.push(name);
  }
  const firmware = [...OVMF_FILES, ...(folders ?? []).map((dir) => join(dir, '../share/qemu/edk2-x86_64-code.fd'))];
  if (!firmware.some((file) => existsSync(file))) missing.push('ovmf');
  return missing;
}

/** @throws SetupError when `printed`, the program's answer to --version, names a version below the floor */
export function checkQemuVersion(program, printed) {
  const version = parseVersion(printed);
  if (!version) throw new SetupError(`${program} --version does not answer with a version. Reinstall QEMU.`);
  if (isAtLeast(version, QEMU_FLOOR)) return;
  throw new SetupError(
    `${program} is version ${version.join('.')}; Skep needs ${QEMU_FLOOR} or newer. ` +
      'Use a newer release of your distribution, or set SKEP_QEMU_DIR to a folder that has a newer QEMU.',
  );
}

/** The programs that compile the database's native part when no prebuilt one can be downloaded. */
export function hasCompiler() {
  return ['python3', 'make', 'g++'].every((name) => findProgram([name]));
}
