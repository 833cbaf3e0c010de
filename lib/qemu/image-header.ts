/**
 * What a disk image is, by its first bytes. This reader is ours, so that nothing a stranger has made reaches
 * qemu-img before its format is known, and so that a header which names other files is refused before one is opened.
 *
 *   bytes ─▶ readImageHeader ─▶ ImageHeader ─▶ refusalOf ─▶ a sentence, or null: Skep takes it
 *
 * Sources: docs/interop/qcow2.txt of QEMU; ECMA-119 (ISO 9660) 8.4; the magic numbers of each format's description.
 */
import { MAX_DISK_BYTES } from '../shared/device';

/** How much of a file's beginning is looked at. A qcow2 header with its extensions fits its first cluster. */
export const HEADER_BYTES = 64 * 1024;
const MIN_DISK_BYTES = 1024 * 1024;
const SECTOR_BYTES = 512;

export type ImageHeader =
  | {
      kind: 'qcow2';
      version: number;
      /** The size that the guest sees. */
      virtualBytes: number;
      /** It is a difference to another file. */
      backing: boolean;
      /** Its data is in another file. */
      dataFile: boolean;
      encrypted: boolean;
      /** Marked as damaged by QEMU itself. */
      damaged: boolean;
      snapshots: number;
    }
  | { kind: 'iso'; label: string | null }
  | { kind: 'raw'; virtualBytes: number }
  | { kind: OtherKind };

/** Formats that Skep knows by name and does not take. */
export type OtherKind = keyof typeof OTHERS;

interface Other {
  matches(head: Buffer): boolean;
  refusal: string;
}

const OTHERS = {
  qcow: other(
    (h) => startsWith(h, 'QFI\xfb') && u32(h, 4) === 1,
    converted('a disk image in the old qcow format', 'qcow'),
  ),
  vmdk: other(
    (h) => startsWith(h, 'KDMV') || startsWith(h, 'COWD') || startsWith(h, '# Disk DescriptorFile'),
    converted('a VMware disk', 'vmdk'),
  ),
  vdi: other((h) => h.length >= 0x44 && h.readUInt32LE(0x40) === 0xbeda107f, converted('a VirtualBox disk', 'vdi')),
  vhdx: other((h) => startsWith(h, 'vhdxfile'), converted('a Hyper-V disk', 'vhdx')),
  vpc: other((h) => startsWith(h, 'conectix'), converted('a Virtual PC disk', 'vpc')),
  qed: other((h) => startsWith(h, 'QED\0'), converted('a disk image in the qed format', 'qed')),
  parallels: other(
    (h) => startsWith(h, 'WithoutFreeSpace') || startsWith(h, 'WithouFreSpacExt'),
    converted('a Parallels disk', 'parallels'),
  ),
  luks: other((h) => startsWith(h, 'LUKS\xba\xbe'), 'It is encrypted with LUKS. Decrypt it into a raw image first.'),
  gzip: other((h) => startsWith(h, '\x1f\x8b'), packed('gzip')),
  xz: other((h) => startsWith(h, '\xfd7zXZ\0'), packed('xz')),
  zstd: other((h) => startsWith(h, '\x28\xb5\x2f\xfd'), packed('zstd')),
  bzip2: other((h) => startsWith(h, 'BZh'), packed('bzip2', 'bunzip2 FILE')),
  zip: other((h) => startsWith(h, 'PK\x03\x04'), packed('zip')),
  tar: other((h) => h.toString('latin1', 257, 262) === 'ustar', packed('tar (an .ova is one, too)', 'tar -xf FILE')),
} satisfies Record<string, Other>;

/**
 * Reads what kind of image a file is. Never throws; what nothing is known of is a raw disk.
 *
 * @param head the first HEADER_BYTES of the file, or all of it when it is shorter
 * @param fileSizeBytes the size of the whole file
 */
export function readImageHeader(head: Buffer, fileSizeBytes: number): ImageHeader {
  if (startsWith(head, 'QFI\xfb') && u32(head, 4) !== 1) return readQcow2(head);
  const iso = readIso(head);
  if (iso) return iso;
  for (const [kind, { matches }] of Object.entries(OTHERS)) if (matches(head)) return { kind: kind as OtherKind };
  return { kind: 'raw', virtualBytes: fileSizeBytes };
}

/** Why Skep does not take the image as a disk, and what to do, as sentences; null when it does. */
export function refusalOf(header: ImageHeader): string | null {
  if (header.kind === 'qcow2') return refusalOfQcow2(header) ?? refusalOfSize(header.virtualBytes);
  if (header.kind === 'raw') return refusalOfSize(header.virtualBytes);
  if (header.kind === 'iso') return 'It is a CD or DVD image: put it into a CD-ROM drive.';
  return OTHERS[header.kind].refusal;
}

type Qcow2Header = Extract<ImageHeader, { kind: 'qcow2' }>;

/** Bits of `incompatible_features`. */
const CORRUPT = 1n << 1n;
const EXTERNAL_DATA = 1n << 2n;
const DATA_FILE_NAME = 0x44415441;

function readQcow2(head: Buffer): Qcow2Header {
  const version = u32(head, 4);
  const features = version >= 3 ? u64(head, 72) : 0n;
  const headerBytes = version >= 3 ? u32(head, 100) : 72;
  return {
    kind: 'qcow2',
    version,
    virtualBytes: Number(u64(head, 24)),
    backing: u64(head, 8) !== 0n || u32(head, 16) !== 0,
    dataFile: (features & EXTERNAL_DATA) !== 0n || hasExtension(head, headerBytes, DATA_FILE_NAME),
    encrypted: u32(head, 32) !== 0,
    damaged: (features & CORRUPT) !== 0n,
    snapshots: u32(head, 60),
  };
}

/** Header extensions follow the header: type, length, data padded to 8 bytes; type 0 ends them. */
function hasExtension(head: Buffer, from: number, wanted: number): boolean {
  for (let at = from; at + 8 <= head.length; at += 8 + Math.ceil(u32(head, at + 4) / 8) * 8) {
    const type = u32(head, at);
    if (type === wanted) return true;
    if (type === 0) return false;
  }
  return false;
}

function refusalOfQcow2(header: Qcow2Header): string | null {
  const merge = 'Make one file of it where the other one is: qemu-img convert -f qcow2 -O qcow2 FILE NEW.qcow2';
  if (header.version !== 2 && header.version !== 3)
    return `It is qcow2 of version ${header.version}, which is not known.`;
  if (header.backing) return `It is only the difference to another file (a backing file). ${merge}`;
  if (header.dataFile) return `Its data is in another file (an external data file). ${merge}`;
  if (header.encrypted) return 'It is encrypted. Decrypt it first with qemu-img convert.';
  if (header.damaged) return 'It is marked as damaged. Repair it first: qemu-img check -f qcow2 -r all FILE';
  return null;
}

function refusalOfSize(virtualBytes: number): string | null {
  if (virtualBytes === 0) return 'It is empty.';
  if (virtualBytes > MAX_DISK_BYTES)
    return 'As a disk it would be larger than 16 TiB, which is the most that Skep takes.';
  if (virtualBytes % SECTOR_BYTES !== 0) return 'It is no disk image: its size is not a multiple of 512 bytes.';
  return virtualBytes < MIN_DISK_BYTES ? 'It is smaller than 1 MiB, which is the least that a disk has.' : null;
}

/** The first volume descriptor is in sector 16. A DVD may have UDF alone, whose recognition area is at the same place. */
function readIso(head: Buffer): ImageHeader | null {
  const descriptor = head.subarray(16 * 2048, 17 * 2048);
  const standard = descriptor.toString('latin1', 1, 6);
  if (standard === 'BEA01') return { kind: 'iso', label: null };
  if (standard !== 'CD001') return null;
  const label = descriptor.toString('latin1', 40, 72).replace(/[^\x20-\x7e]/g, '');
  return { kind: 'iso', label: label.trim() || null };
}

function other(matches: (head: Buffer) => boolean, refusal: string): Other {
  return { matches, refusal };
}

function converted(what: string, format: string): string {
  return `It is ${what}. Convert it first: qemu-img convert -f ${format} -O qcow2 FILE NEW.qcow2`;
}

/** @param command what unpacks it on the host, when Skep does not */
function packed(format: string, command?: string): string {
  return `It is packed with ${format}. ${command ? `Unpack it first: ${command}` : 'Unpack it in the library.'}`;
}

function startsWith(head: Buffer, magic: string): boolean {
  return head.toString('latin1', 0, magic.length) === magic;
}

/** Numbers of qcow2 are big-endian. Beyond the end of the file all is 0. */
function u32(head: Buffer, at: number): number {
  return at + 4 <= head.length ? head.readUInt32BE(at) : 0;
}

function u64(head: Buffer, at: number): bigint {
  return at + 8 <= head.length ? head.readBigUInt64BE(at) : 0n;
}
