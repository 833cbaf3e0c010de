/** Debian packages, downloaded and unpacked below the cache; nothing is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What stands in the way of building, as a sentence for whoever runs the tests. */
export class GuestError extends Error {}

const OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * Runs a program to its end and answers what it printed.
 *
 * @param options spawnSync's: `cwd`, `env`, `input`
 * @throws GuestError when the program is missing or fails
 */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, { maxBuffer: OUTPUT_LIMIT_BYTES, ...options });
  if (result.error?.code === 'ENOENT') {
    throw new GuestError(`${program} is not installed. Install the packages of e2e/guests/packages.txt.`);
  }
  if (result.error) throw result.error;
  if (result.status !== 0) {
    const words = result.stderr.toString().trim().split('\n').slice(-5).join('\n');
    throw new GuestError(
      `${program} ${args.slice(0, 3).join(' ')} … ended with ${result.status ?? result.signal}.\n${words}`,
    );
  }
  return result.stdout;
}

/** apt's words in English whatever the user's language, since they are read here. */
const ENGLISH = { env: { ...process.env, LC_ALL: 'C' } };

/** Package name → the version that apt would download now. A package that apt does not know is left out. */
export function candidateVersions(names) {
  if (names.length === 0) return {};
  const versions = {};
  let name = '';
  for (const line of run('apt-cache', ['policy', ...names], ENGLISH)
    .toString()
    .split('\n')) {
    if (/^\S+:$/.test(line)) name = line.slice(0, -1);
    const candidate = /^ {2}Candidate: (.+)$/.exec(line)?.[1];
    if (candidate && candidate !== '(none)') versions[name] = candidate;
  }
  return versions;
}

/** The package that a meta package stands for: `linux-image-6.1.0-…` of `linux-image-cloud-amd64`; null when apt knows none. */
export function dependencyOf(metaPackage, prefix) {
  const printed = run('apt-cache', ['depends', metaPackage], ENGLISH).toString();
  return (
    printed
      .split('\n')
      .map((line) => /^\s+Depends: (\S+)/.exec(line)?.[1])
      .find((name) => name?.startsWith(prefix)) ?? null
  );
}

/** All package names that match a regular expression. */
export function searchNames(pattern) {
  return run('apt-cache', ['search', '--names-only', pattern], ENGLISH)
    .toString()
    .split('\n')
    .flatMap((line) => line.split(' - ')[0] || []);
}

/** Fills apt's lists when it does not know a package yet (a fresh container has none); only root can. */
export function knowPackages(probe) {
  if (candidateVersions([probe])[probe]) return;
  if (process.getuid?.() === 0) run('apt-get', ['update', '-q']);
  if (candidateVersions([probe])[probe]) return;
  throw new GuestError(
    `apt does not know the package ${probe}. The test guests are made of Debian's packages; on Debian, run: apt-get update`,
  );
}

/**
 * Downloads and unpacks packages, each into `folder/<name>_<version>`, unless it is there already.
 *
 * @returns name → `{ version, root }`, where root is the unpacked tree
 * @throws GuestError when apt does not know a package or the mirror does not answer
 */
export function unpack(names, folder) {
  names.forEach(knowPackages);
  const versions = candidateVersions(names);
  const unpacked = {};
  for (const name of names) {
    const version = versions[name];
    const root = join(folder, `${name}_${version.replaceAll(':', '.')}`);
    if (!existsSync(root)) download(name, version, folder, root);
    unpacked[name] = { version, root };
  }
  return unpacked;
}

function download(name, version, folder, root) {
  const part = join(folder, `part-${process.pid}`);
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  for (const old of readdirSync(folder)) {
    if (old.startsWith(`${name}_`)) rmSync(join(folder, old), { recursive: true, force: true });
  }
  // As root apt would otherwise complain that its own user cannot write here.
  run('apt-get', ['-q', '-o', 'APT::Sandbox::User=root', 'download', `${name}=${version}`], { cwd: part });
  const archive = readdirSync(part).find((file) => file.endsWith('.deb'));
  if (!archive) throw new GuestError(`apt-get download ${name} gave no file.`);
  run('dpkg-deb', ['-x', join(part, archive), join(part, 'root')]);
  renameSync(join(part, 'root'), root);
  rmSync(part, { recursive: true, force: true });
}

/** name → version, as a guest's stamp keeps it. */
export function versionsOf(unpacked) {
  return Object.fromEntries(Object.entries(unpacked).map(([name, { version }]) => [name, version]));
}
