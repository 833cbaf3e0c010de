/**
 * The file system of DVDs, as far as it takes to find a file by its path. Images of Windows keep their files in it.
 *
 *   sector 256: anchor ─▶ volume descriptors ─▶ partition (where it starts), logical volume (label, file set)
 *                                               file set ─▶ root ─▶ file identifiers ─▶ file entry ─▶ extents
 *
 * One partition without a metadata partition (UDF up to 2.01), which is what installers are made with. Nothing is
 * walked, so loops do no harm. Source: ECMA-167 3rd edition, parts 3 and 4; OSTA UDF 2.01.
 */
import { fileIn, MAX_READ_BYTES, type Bytes, type Extent } from './bytes';
import { fromUtf16Be, printable, SECTOR_BYTES } from './iso9660';

const ANCHOR_SECTOR = 256;
const MAX_DESCRIPTORS = 32;
const MAX_EXTENTS = 1000;
const TAG = { partition: 5, logicalVolume: 6, end: 8, fileSet: 256, identifier: 257, entry: 261, longEntry: 266 };

export interface UdfVolume {
  label: string | null;
  /** Finds a file by its path, upper and lower case alike. */
  find(path: string): Promise<Bytes | null>;
}

/** @returns null when there is no UDF of the kind that is understood */
export async function openUdf(image: Bytes): Promise<UdfVolume | null> {
  const anchor = await image.read(ANCHOR_SECTOR * SECTOR_BYTES, SECTOR_BYTES);
  if (anchor.length < SECTOR_BYTES || anchor.readUInt16LE(0) !== 2) return null;
  const first = anchor.readUInt32LE(20);
  let start: number | null = null;
  let logical: Buffer | null = null;
  for (let sector = first; sector < first + MAX_DESCRIPTORS; sector++) {
    const descriptor = await image.read(sector * SECTOR_BYTES, SECTOR_BYTES);
    if (descriptor.length < SECTOR_BYTES) break;
    const tag = descriptor.readUInt16LE(0);
    if (tag === TAG.end) break;
    if (tag === TAG.partition) start ??= descriptor.readUInt32LE(188) * SECTOR_BYTES;
    if (tag === TAG.logicalVolume) logical ??= descriptor;
  }
  if (start === null || logical === null) return null;
  const disk = new Partition(image, start);
  const fileSet = await disk.block(logical.readUInt32LE(252));
  const root = fileSet?.readUInt16LE(0) === TAG.fileSet ? fileSet.readUInt32LE(404) : null;
  return {
    label: printable(dString(logical.subarray(84, 212))),
    find: (path) => (root === null ? Promise.resolve(null) : find(disk, root, path.toLowerCase().split('/'))),
  };
}

/** The one partition: block numbers count from its start. */
class Partition {
  constructor(
    readonly image: Bytes,
    readonly start: number,
  ) {}

  offset(block: number): number {
    return this.start + block * SECTOR_BYTES;
  }

  async block(block: number): Promise<Buffer | null> {
    const bytes = await this.image.read(this.offset(block), SECTOR_BYTES);
    return bytes.length === SECTOR_BYTES ? bytes : null;
  }
}

async function find(disk: Partition, root: number, steps: readonly string[]): Promise<Bytes | null> {
  let file = await openEntry(disk, root);
  for (const step of steps) {
    const block = file && blockOf(await file.read(0, MAX_READ_BYTES), step);
    if (block === null || block === undefined) return null;
    file = await openEntry(disk, block);
  }
  return file;
}

/** A (long) file entry: how large the file is, and where it lies. */
async function openEntry(disk: Partition, block: number): Promise<Bytes | null> {
  const entry = await disk.block(block);
  const tag = entry?.readUInt16LE(0);
  if (!entry || (tag !== TAG.entry && tag !== TAG.longEntry)) return null;
  const head = tag === TAG.entry ? 176 : 216;
  const sizeBytes = Number(entry.readBigUInt64LE(56));
  const from = head + entry.readUInt32LE(head - 8);
  const to = Math.min(from + entry.readUInt32LE(head - 4), SECTOR_BYTES);
  const how = entry.readUInt16LE(34) & 7;
  // 3: the content itself stands in the entry.
  if (how === 3) return fileIn(disk.image, [{ offset: disk.offset(block) + from, sizeBytes: to - from }], sizeBytes);
  return how > 1 ? null : fileIn(disk.image, extentsOf(disk, entry.subarray(from, to), how === 0 ? 8 : 16), sizeBytes);
}

/** Short (8 bytes) or long (16 bytes) allocation descriptors; the top two bits of a length say what it means. */
function extentsOf(disk: Partition, table: Buffer, step: 8 | 16): Extent[] {
  const extents: Extent[] = [];
  for (let at = 0; at + step <= table.length && extents.length < MAX_EXTENTS; at += step) {
    const word = table.readUInt32LE(at);
    const [sizeBytes, type] = [word & 0x3fffffff, word >>> 30];
    if (sizeBytes === 0 || type === 3) break;
    extents.push({ offset: type === 0 ? disk.offset(table.readUInt32LE(at + 4)) : null, sizeBytes });
  }
  return extents;
}

/** The block of a name's file entry, by a directory's content. */
function blockOf(listing: Buffer, wanted: string): number | null {
  for (let at = 0; at + 38 <= listing.length;) {
    if (listing.readUInt16LE(at) !== TAG.identifier) return null;
    const [nameBytes, useBytes] = [listing[at + 19] ?? 0, listing.readUInt16LE(at + 36)];
    const name = listing.subarray(at + 38 + useBytes, at + 38 + useBytes + nameBytes);
    if (compressed(name).toLowerCase() === wanted) return listing.readUInt32LE(at + 24);
    at += Math.ceil((38 + useBytes + nameBytes) / 4) * 4;
  }
  return null;
}

/** OSTA compressed unicode: the first byte says how many bits a character has. */
function compressed(raw: Buffer): string {
  if (raw[0] === 8) return raw.toString('latin1', 1);
  return raw[0] === 16 ? fromUtf16Be(raw.subarray(1)) : '';
}

/** A field of fixed length whose last byte tells how much of it counts. */
function dString(field: Buffer): string {
  return compressed(field.subarray(0, field[field.length - 1]));
}
