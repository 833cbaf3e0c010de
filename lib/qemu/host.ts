/**
 * What this host offers to VMs: the QEMU programs, their version and machine types, the accelerators on which a
 * probe guest ran, the UEFI firmware.
 *
 * The slow part is kept in a file, for as long as the host is not booted anew and nothing it rests on changed.
 */
import { access, constants, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../shared/errors';
import { bestAccelerator, probeAccelerators } from './accelerators';
import { findUefi, type UefiFirmware } from './firmware';
import { bootId } from './process';
import { asUser, type RunAs } from './run-as';
import { runTool } from './run-tool';

const QUERY_TIMEOUT_MS = 10_000;
const OLDEST_QEMU = [7, 2] as const;

const verdict = z.object({
  name: z.enum(['kvm', 'tcg']),
  works: z.boolean(),
  probeMs: z.number().nullable(),
  reason: z.string(),
  fix: z.string().nullable(),
  details: z.string().nullable(),
});
const probed = z.object({
  version: z.string(),
  fullVersion: z.string(),
  machineVersions: z.object({ q35: z.string().nullable(), pc: z.string().nullable() }),
  accelerators: z.array(verdict),
});
type Probed = z.infer<typeof probed>;

export interface QemuHost extends Probed {
  qemuPath: string;
  qemuImgPath: string;
  /** Such as "7.2". */
  version: string;
  /** Such as "7.2.22". */
  fullVersion: string;
  /** The newest version of each machine type, to pin new VMs to: "7.2". */
  machineVersions: { q35: string | null; pc: string | null };
  /** What `auto` means here. */
  accelerator: 'kvm' | 'tcg';
  uefi: UefiFirmware | null;
}

export interface ProbeOptions {
  /** Where the programs are; PATH otherwise. */
  qemuDir?: string | undefined;
  runAs: RunAs | null;
  /** Keeps the result between starts of Skep. */
  cacheFile?: string | undefined;
  /** Probes again, whatever the cache says. */
  fresh?: boolean;
}

/**
 * Finds out what the host offers. Takes about 150 ms, up to 3 s where KVM crawls, and almost nothing when cached.
 *
 * @throws AppError `host_missing` when QEMU is missing, too old, or does not run
 */
export async function probeHost({ qemuDir, runAs, cacheFile, fresh = false }: ProbeOptions): Promise<QemuHost> {
  const [qemuPath, qemuImgPath] = await Promise.all([
    findProgram('qemu-system-x86_64', qemuDir),
    findProgram('qemu-img', qemuDir),
  ]);
  const key = await cacheKey(qemuPath, runAs);
  const cached = fresh || !cacheFile ? null : await readCache(cacheFile, key);
  const [result, uefi] = await Promise.all([cached ?? probe(qemuPath, runAs), findUefi(qemuPath)]);
  // Where nothing worked, something is wrong that may be right the next time.
  const isWorthKeeping = result.accelerators.some((a) => a.works);
  if (cacheFile && !cached && isWorthKeeping) await writeCache(cacheFile, key, result);
  return { ...result, qemuPath, qemuImgPath, uefi, accelerator: bestAccelerator(result.accelerators) };
}

async function probe(qemuPath: string, runAs: RunAs | null): Promise<Probed> {
  const [fullVersion, machines, accelerators] = await Promise.all([
    queryVersion(qemuPath, runAs),
    ask(qemuPath, ['-machine', 'help'], runAs),
    probeAccelerators(qemuPath, runAs),
  ]);
  const version = fullVersion.split('.').slice(0, 2).join('.');
  const machineVersions = { q35: newestMachine(machines, 'pc-q35'), pc: newestMachine(machines, 'pc-i440fx') };
  return { version, fullVersion, machineVersions, accelerators };
}

async function queryVersion(qemuPath: string, runAs: RunAs | null): Promise<string> {
  const text = await ask(qemuPath, ['--version'], runAs);
  const [, version, major, minor] = /version ((\d+)\.(\d+)(?:\.\d+)?)/.exec(text) ?? [];
  if (!version)
    throw new AppError('host_missing', 'QEMU does not tell its version. Install it again.', { details: text });
  const isOld = Number(major) < OLDEST_QEMU[0] || (Number(major) === OLDEST_QEMU[0] && Number(minor) < OLDEST_QEMU[1]);
  if (!isOld) return version;
  throw new AppError(
    'host_missing',
    `Skep needs QEMU ${OLDEST_QEMU.join('.')} or newer, and this host has ${version}. Upgrade it.`,
  );
}

/**
 * The newest version of a machine type, from `-machine help`. Distributions point the plain names at machines of
 * their own; these are left alone, so that a VM can move between hosts.
 */
export function newestMachine(help: string, type: 'pc-q35' | 'pc-i440fx'): string | null {
  const versions = [...help.matchAll(new RegExp(`^${type}-(\\d+)\\.(\\d+) (?!.*deprecated)`, 'gm'))];
  const [newest] = versions
    .map(([, major, minor]) => [Number(major), Number(minor)] as const)
    .sort((a, b) => b[0] - a[0] || b[1] - a[1]);
  return newest ? newest.join('.') : null;
}

async function ask(qemuPath: string, args: string[], runAs: RunAs | null): Promise<string> {
  const result = await runTool(asUser(runAs, [qemuPath, ...args]), { timeoutMs: QUERY_TIMEOUT_MS });
  if (result.code === 0) return result.stdout;
  throw new AppError('host_missing', 'QEMU does not run on this host. Install it again.', { details: result.stderr });
}

async function findProgram(name: string, qemuDir: string | undefined): Promise<string> {
  const folders = qemuDir ? [qemuDir] : (process.env.PATH ?? '/usr/bin').split(delimiter);
  for (const folder of folders) {
    const file = join(folder, name);
    const isThere =
      folder !== '' &&
      (await access(file, constants.X_OK).then(
        () => true,
        () => false,
      ));
    if (isThere) return file;
  }
  const where = qemuDir ? `in ${qemuDir} (SKEP_QEMU_DIR)` : 'on this host';
  throw new AppError(
    'host_missing',
    `There is no ${name} ${where}. Run npm start: it installs QEMU or prints the command.`,
  );
}

/** Everything that the result rests on. A user who was put into a group shows in /etc/group. */
async function cacheKey(qemuPath: string, runAs: RunAs | null): Promise<string> {
  const [program, kvm, groups] = await Promise.all(
    [qemuPath, '/dev/kvm', '/etc/group'].map((file) => stat(file).catch(() => null)),
  );
  const facts = [program?.mtimeMs, program?.size, kvm?.mode, kvm?.gid, groups?.mtimeMs, runAs?.uid, process.getuid?.()];
  return JSON.stringify([bootId(), qemuPath, ...facts.map((fact) => fact ?? null)]);
}

async function readCache(file: string, key: string): Promise<Probed | null> {
  try {
    const parsed = z.object({ key: z.string(), probed }).parse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.key === key ? parsed.probed : null;
  } catch {
    return null; // not there yet, or of another version of Skep
  }
}

async function writeCache(file: string, key: string, result: Probed): Promise<void> {
  const part = `${file}.part`;
  await writeFile(part, JSON.stringify({ key, probed: result }), { mode: 0o600 });
  await rename(part, file);
}
