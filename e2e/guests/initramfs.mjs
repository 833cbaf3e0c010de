/** The tiny guest's system: busybox, the files of `tiny/`, and the drivers of a Debian kernel, as a cpio archive. */
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { GuestError, run } from './debian.mjs';
import { addKeymaps } from './keymaps.mjs';

const SYSTEM_FILES = fileURLToPath(new URL('tiny/', import.meta.url));

/** What the kernel does not have built in: buses, disks, CD-ROMs, network, file systems, power button, entropy. */
const DRIVERS = [
  ...[
    'virtio_pci',
    'virtio_blk',
    'virtio_scsi',
    'virtio_net',
    'virtio_console',
    'virtio_rng',
    'virtio_balloon',
    'e1000',
  ],
  ...['sd_mod', 'sr_mod', 'ata_piix', 'ahci', 'isofs', 'ext4', 'vfat', 'nls_cp437', 'nls_ascii', 'nls_iso8859_1'],
  ...['button', 'evdev'],
];

const EMPTY_FOLDERS = [
  'bin',
  'usr/bin',
  'usr/sbin',
  'dev',
  'proc',
  'sys',
  'tmp',
  'run',
  'mnt',
  'boot',
  'root',
  'var/log',
];

/** A module's name as its dependants call it: dashes and underscores mean the same. */
const moduleName = (file) =>
  basename(file)
    .replace(/\.ko(\.xz)?$/, '')
    .replaceAll('-', '_');

/** Reads a kernel module; Debian 13 compresses them. */
function readModule(path) {
  return path.endsWith('.xz') ? run('xz', ['-dc', path]) : readFileSync(path);
}

/** The modules that a module needs: the `depends=` record of its .modinfo section. */
function dependenciesOf(bytes) {
  const at = bytes.indexOf('\0depends=');
  if (at < 0) return [];
  const start = at + '\0depends='.length;
  const names = bytes.toString('latin1', start, bytes.indexOf(0, start));
  return names.split(',').filter(Boolean).map(moduleName);
}

/** Copies the drivers and what they need into the tree, with the order in which to load them. */
function addDrivers(tree, kernelRoot) {
  const files = new Map(
    readdirSync(kernelRoot, { recursive: true })
      .filter((path) => /\.ko(\.xz)?$/.test(path))
      .map((path) => [moduleName(path), join(kernelRoot, path)]),
  );
  const folder = join(tree, 'lib/drivers');
  mkdirSync(folder, { recursive: true });
  const order = [];
  const add = (name) => {
    const path = files.get(name);
    if (!path || order.includes(`${name}.ko`)) return; // not a module: built in, or not in this kernel
    const bytes = readModule(path);
    dependenciesOf(bytes).forEach(add);
    writeFileSync(join(folder, `${name}.ko`), bytes);
    order.push(`${name}.ko`);
  };
  DRIVERS.forEach(add);
  writeFileSync(join(folder, 'order'), `${order.join('\n')}\n`);
}

/** The kernel image of an unpacked linux-image package. */
export function kernelImage(kernelRoot) {
  const file = readdirSync(join(kernelRoot, 'boot')).find((name) => name.startsWith('vmlinuz-'));
  if (!file) throw new GuestError(`There is no kernel in ${kernelRoot}.`);
  return join(kernelRoot, 'boot', file);
}

/** A cpio archive of a folder, owned by root. */
export function makeCpio(busybox, folder) {
  const entries = readdirSync(folder, { recursive: true }).sort();
  return run(busybox, ['cpio', '-o', '-H', 'newc', '-R', '0:0'], { cwd: folder, input: `${entries.join('\n')}\n` });
}

/** The path of the unpacked busybox. */
export const busyboxOf = (packages) => join(packages['busybox-static'].root, 'bin/busybox');

/**
 * Builds the tiny guest's initramfs.
 *
 * @param kernelRoot an unpacked linux-image package
 * @returns the compressed archive
 */
export function makeInitramfs({ packages, kernelRoot, work }) {
  const tree = join(work, 'initramfs');
  mkdirSync(tree);
  cpSync(SYSTEM_FILES, tree, { recursive: true });
  for (const entry of readdirSync(tree, { recursive: true })) chmodSync(join(tree, entry), 0o755);
  for (const folder of EMPTY_FOLDERS) mkdirSync(join(tree, folder), { recursive: true });
  cpSync(busyboxOf(packages), join(tree, 'bin/busybox'));
  addDrivers(tree, kernelRoot);
  addKeymaps(tree, packages);
  return gzipSync(makeCpio(busyboxOf(packages), tree), { level: 9 });
}
