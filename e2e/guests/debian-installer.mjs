/** debian-installer.iso: Debian's graphical installer, the kernel and initramfs of its network-boot package on a CD. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GuestError, knowPackages, searchNames, unpack, versionsOf } from './debian.mjs';
import { GRUB_PACKAGES, makeBootableIso } from './grub.mjs';

const MENU = fileURLToPath(new URL('boot/installer.grub.cfg', import.meta.url));

/** The newest installer that this Debian has: debian-installer-12-netboot-amd64 in Debian 12. */
function installerPackage() {
  const [newest] = searchNames('^debian-installer-[0-9]+-netboot-amd64$').sort().reverse();
  if (!newest) throw new GuestError('apt knows no debian-installer-…-netboot-amd64: the test guests need Debian.');
  return newest;
}

function debianInstallerPackages() {
  knowPackages('grub-common');
  return [installerPackage(), ...GRUB_PACKAGES];
}

export function buildDebianInstaller({ work, packagesFolder, output }) {
  const packages = unpack(debianInstallerPackages(), packagesFolder);
  const images = join(packages[installerPackage()].root, 'usr/lib/debian-installer/images');
  const [release] = readdirSync(images);
  const boot = join(images, release, 'amd64/gtk/debian-installer/amd64');
  const tree = join(work, 'cd');
  mkdirSync(join(tree, 'debian'), { recursive: true });
  for (const file of ['linux', 'initrd.gz'])
    cpSync(join(boot, file), join(tree, 'debian', file), { dereference: true });
  makeBootableIso({ packages, tree, menu: MENU, label: 'DEBIAN_INSTALLER', work, output });
  return versionsOf(packages);
}
