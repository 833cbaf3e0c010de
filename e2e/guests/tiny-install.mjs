/**
 * tiny-install.iso: a small Linux that installs itself on the first disk and powers off. The kernel is Debian's
 * cloud kernel (quick to start, knows virtio and IDE but neither AHCI nor USB), so the CD brings what it installs
 * in a second initramfs instead of reading the CD again.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dependencyOf, GuestError, knowPackages, unpack, versionsOf } from './debian.mjs';
import { GRUB_PACKAGES, grubFolder, makeBootableIso, makeGrubImage } from './grub.mjs';
import { KEYMAP_PACKAGES } from './keymaps.mjs';
import { busyboxOf, kernelImage, makeCpio, makeInitramfs } from './initramfs.mjs';

const META_PACKAGE = 'linux-image-cloud-amd64';
const bootFile = (name) => fileURLToPath(new URL(`boot/${name}`, import.meta.url));

/** The package with the newest cloud kernel. */
function kernelPackage() {
  const name = dependencyOf(META_PACKAGE, 'linux-image-');
  if (!name) throw new GuestError(`${META_PACKAGE} names no kernel package.`);
  return name;
}

function tinyPackages() {
  knowPackages(META_PACKAGE);
  return [kernelPackage(), 'busybox-static', ...GRUB_PACKAGES, ...KEYMAP_PACKAGES];
}

/** What the installer writes to the disk, as a cpio archive with the one folder /payload. */
function makePayload({ packages, kernel, initramfs, work }) {
  const root = join(work, 'payload-root');
  const payload = join(root, 'payload');
  mkdirSync(payload, { recursive: true });
  cpSync(kernel, join(payload, 'vmlinuz'));
  writeFileSync(join(payload, 'initrd'), initramfs);
  cpSync(bootFile('disk.grub.cfg'), join(payload, 'grub.cfg'));
  cpSync(join(grubFolder(packages, 'i386-pc'), 'boot.img'), join(payload, 'boot.img'));
  const common = { packages, find: 'search --no-floppy --set=root --label TINYBOOT', prefix: '/grub', work };
  makeGrubImage({ ...common, format: 'i386-pc', output: join(payload, 'core.img') });
  makeGrubImage({ ...common, format: 'x86_64-efi', output: join(payload, 'BOOTX64.EFI') });
  return makeCpio(busyboxOf(packages), root);
}

export function buildTinyInstall({ work, packagesFolder, output }) {
  const packages = unpack(tinyPackages(), packagesFolder);
  const kernelRoot = packages[kernelPackage()].root;
  const kernel = kernelImage(kernelRoot);
  const initramfs = makeInitramfs({ packages, kernelRoot, work });
  const tree = join(work, 'cd');
  mkdirSync(join(tree, 'boot'), { recursive: true });
  cpSync(kernel, join(tree, 'boot/vmlinuz'));
  writeFileSync(join(tree, 'boot/initrd'), initramfs);
  writeFileSync(join(tree, 'boot/payload.cpio'), makePayload({ packages, kernel, initramfs, work }));
  makeBootableIso({ packages, tree, menu: bootFile('cd.grub.cfg'), label: 'TINY_INSTALL', work, output });
  return versionsOf(packages);
}
