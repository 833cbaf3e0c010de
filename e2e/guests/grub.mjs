/** GRUB images from unpacked packages, and ISO images that BIOS and UEFI both start. */
import { cpSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './debian.mjs';

export const GRUB_PACKAGES = ['grub-common', 'grub-pc-bin', 'grub-efi-amd64-bin', 'mtools'];

const COMMON_MODULES = ['part_msdos', 'fat', 'iso9660', 'search', 'search_label', 'search_fs_file', 'linux', 'normal'];
const MENU_MODULES = ['serial', 'terminal', 'configfile', 'echo', 'reboot', 'halt', 'all_video', 'video'];
const MODULES = {
  'i386-pc': [...COMMON_MODULES, ...MENU_MODULES, 'biosdisk', 'vbe'],
  'x86_64-efi': [...COMMON_MODULES, ...MENU_MODULES, 'part_gpt', 'efi_gop'],
};

/** Where GRUB's own modules of a platform are. */
export function grubFolder(packages, platform) {
  const owner = platform === 'i386-pc' ? 'grub-pc-bin' : 'grub-efi-amd64-bin';
  return join(packages[owner].root, 'usr/lib/grub', platform);
}

/**
 * Makes one GRUB image that finds its own disk and then reads the menu there.
 *
 * @param format grub-mkimage's: `i386-pc` (disk), `i386-pc-eltorito` (CD), `x86_64-efi`
 * @param find   GRUB commands that set `root`
 * @param prefix the folder of grub.cfg on that disk
 */
export function makeGrubImage({ packages, format, find, prefix, work, output }) {
  const platform = format.startsWith('i386-pc') ? 'i386-pc' : 'x86_64-efi';
  const early = join(work, `${format}.early.cfg`);
  writeFileSync(early, `${find}\nset prefix=($root)${prefix}\n`);
  const options = ['-O', format, '-d', grubFolder(packages, platform), '-p', prefix, '-c', early, '-o', output];
  run(join(packages['grub-common'].root, 'usr/bin/grub-mkimage'), [...options, ...MODULES[platform]]);
}

/** A FAT image that holds one file, /EFI/BOOT/BOOTX64.EFI. */
function makeEfiImage(packages, loader, output) {
  const mtools = (program, ...args) =>
    run(join(packages.mtools.root, 'usr/bin/mtools'), ['-c', program, '-i', output, ...args]);
  writeFileSync(output, '');
  truncateSync(output, 2880 * 1024);
  mtools('mformat', '-f', '2880', '::');
  mtools('mmd', '::/EFI', '::/EFI/BOOT');
  mtools('mcopy', loader, '::/EFI/BOOT/BOOTX64.EFI');
}

/**
 * Turns a folder into an ISO image that starts as a CD (BIOS and UEFI) and from a USB stick.
 *
 * @param tree  the files of the CD; gets boot/grub added
 * @param menu  path of the GRUB menu
 * @param label the volume's name
 */
export function makeBootableIso({ packages, tree, menu, label, work, output }) {
  const folder = join(tree, 'boot/grub');
  mkdirSync(folder, { recursive: true });
  cpSync(menu, join(folder, 'grub.cfg'));
  const mark = `/boot/${label}.id`;
  writeFileSync(join(tree, mark), `${Date.now()}\n`);
  const common = { packages, find: `search --no-floppy --set=root --file ${mark}`, prefix: '/boot/grub', work };
  makeGrubImage({ ...common, format: 'i386-pc-eltorito', output: join(folder, 'eltorito.img') });
  makeGrubImage({ ...common, format: 'x86_64-efi', output: join(work, 'cd.efi') });
  makeEfiImage(packages, join(work, 'cd.efi'), join(folder, 'efi.img'));
  const bios = ['-b', 'boot/grub/eltorito.img', '-no-emul-boot', '-boot-load-size', '4', '-boot-info-table'];
  const uefi = ['-eltorito-alt-boot', '-e', 'boot/grub/efi.img', '-no-emul-boot'];
  const stick = ['--grub2-mbr', join(grubFolder(packages, 'i386-pc'), 'boot_hybrid.img')];
  const stickUefi = ['-append_partition', '2', '0xef', join(folder, 'efi.img')];
  const volume = ['-quiet', '-R', '-J', '-V', label, '-o', output];
  run('xorriso', ['-as', 'mkisofs', ...volume, ...stick, ...bios, '--grub2-boot-info', ...uefi, ...stickUefi, tree]);
}
