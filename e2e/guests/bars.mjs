/** bars.img: a raw disk of 1 MiB whose boot sector is boot/bars.S, assembled. */
import { writeFileSync } from 'node:fs';

const CODE = [
  'fa31c08ed88ed0bc007cfbfcb81300cd10b800a08ec031ffbac80031db89d8b114f6f1aa4381fb40',
  '0175f24a75edbe5d7cac84c07405e81500ebf630e4cd1650e80b0058bf00c8b90032f3aaebed50ba',
  'fd03eca82074fb58baf803eec3424152530d0a',
].join('');

const DISK_BYTES = 1024 * 1024;

export function buildBars({ output }) {
  const disk = Buffer.alloc(DISK_BYTES);
  disk.write(CODE, 0, 'hex');
  disk.writeUInt16LE(0xaa55, 510); // makes it a boot sector
  writeFileSync(output, disk);
  return {};
}
