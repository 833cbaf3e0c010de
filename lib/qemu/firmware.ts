/** Where distributions keep the UEFI firmware for x86_64 guests (OVMF). */
import { access, constants } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface UefiFirmware {
  /** The firmware itself, shared and never written. */
  code: string;
  /** The empty variable store that each VM gets a copy of. */
  vars: string;
}

/** Without Secure Boot: that needs system management mode, which the definition does not offer. Best first. */
const KNOWN: readonly UefiFirmware[] = [
  // Debian, Ubuntu
  { code: '/usr/share/OVMF/OVMF_CODE_4M.fd', vars: '/usr/share/OVMF/OVMF_VARS_4M.fd' },
  { code: '/usr/share/OVMF/OVMF_CODE.fd', vars: '/usr/share/OVMF/OVMF_VARS.fd' },
  // Fedora, RHEL
  { code: '/usr/share/edk2/ovmf/OVMF_CODE.fd', vars: '/usr/share/edk2/ovmf/OVMF_VARS.fd' },
  // Arch
  { code: '/usr/share/edk2/x64/OVMF_CODE.4m.fd', vars: '/usr/share/edk2/x64/OVMF_VARS.4m.fd' },
  { code: '/usr/share/edk2-ovmf/x64/OVMF_CODE.fd', vars: '/usr/share/edk2-ovmf/x64/OVMF_VARS.fd' },
  // openSUSE
  { code: '/usr/share/qemu/ovmf-x86_64-code.bin', vars: '/usr/share/qemu/ovmf-x86_64-vars.bin' },
];

/** Finds a firmware on this host; null when there is none. The one that came with QEMU itself is the last choice. */
export async function findUefi(qemuPath: string): Promise<UefiFirmware | null> {
  const share = join(dirname(qemuPath), '../share/qemu');
  const own = { code: join(share, 'edk2-x86_64-code.fd'), vars: join(share, 'edk2-i386-vars.fd') };
  for (const pair of [...KNOWN, own]) {
    if ((await isReadable(pair.code)) && (await isReadable(pair.vars))) return pair;
  }
  return null;
}

function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}
