/**
 * The file system of CDs, as far as it takes to find a file by its path.
 *
 *   sector 16 …  volume descriptors: boot record ─▶ boot catalog (el-torito.ts)
 *                                    primary     ─▶ label, root directory (names of Rock Ridge, where there are any)
 *                                    Joliet      ─▶ a second root directory with long names
 *
 * Nothing is walked: a path names each directory that is read, so a directory that contains itself does no harm.
 * Sources: ECMA-119 (ISO 9660) 8 and 9; Joliet specification 1; IEEE P1282 (Rock Ridge) 4.1.4.
 */
import { fileIn, MAX_READ_BYTES, type Bytes, type Extent } from './bytes';

export const SECTOR_BYTES = 2048;
const FIRST_DESCRIPTOR = 16;
const MAX_DESCRIPTORS = 32;
const IS_DIRECTORY = 2;
const GOES_ON = 0x80;

interface Root {
  extents: Extent[];
  sizeBytes: number;
  isJoliet: boolean;
}

export interface IsoVolume {
  label: string | null;
  /** The primary root directory, then that of Joliet. */
  roots: Root[];
  bootCatalogSector: number | null;
  /** There is a UDF file system, too, or only that. */
  hasUdf: boolean;
}

/** Reads the volume descriptors. Never fails on their content. */
export async function readIsoVolume(image: Bytes): Promise<IsoVolume> {
  const volume: IsoVolume = { label: null, roots: [], bootCatalogSector: null, hasUdf: false };
  for (let sector = FIRST_DESCRIPTOR; sector < FIRST_DESCRIPTOR + MAX_DESCRIPTORS; sector++) {
    const descriptor = await image.read(sector * SECTOR_BYTES, SECTOR_BYTES);
    const standard = descriptor.toString('latin1', 1, 6);
    if (descriptor.length < SECTOR_BYTES) break;
    if (standard === 'CD001') readDescriptor(descriptor, volume);
    else if (standard === 'NSR02' || standard === 'NSR03') volume.hasUdf = true;
    else if (standard !== 'BEA01' && standard !== 'TEA01' && standard !== 'BOOT2') break;
  }
  return volume;
}

function readDescriptor(descriptor: Buffer, volume: IsoVolume): void {
  const type = descriptor[0];
  if (type === 0 && descriptor.toString('latin1', 7, 30) === 'EL TORITO SPECIFICATION')
    volume.bootCatalogSector ??= descriptor.readUInt32LE(71);
  if (type === 1 && volume.roots.length === 0) {
    volume.label = printable(descriptor.toString('latin1', 40, 72));
    volume.roots.push(rootOf(descriptor, false));
  }
  if (type === 2 && /^%\/[@CE]/.test(descriptor.toString('latin1', 88, 91)))
    volume.roots.push(rootOf(descriptor, true));
}

function rootOf(descriptor: Buffer, isJoliet: boolean): Root {
  const sizeBytes = descriptor.readUInt32LE(166);
  return { extents: [{ offset: descriptor.readUInt32LE(158) * SECTOR_BYTES, sizeBytes }], sizeBytes, isJoliet };
}

/** @returns the text without what cannot be printed; null when nothing is left */
export function printable(text: string): string | null {
  return text.replace(/[^\x20-\x7e]/g, '').trim() || null;
}

interface Entry {
  names: string[];
  isDirectory: boolean;
  extents: Extent[];
  sizeBytes: number;
}

/** Finds a file by its path from the root, upper and lower case alike; null when there is none. */
export async function findInIso(image: Bytes, volume: IsoVolume, path: string): Promise<Bytes | null> {
  for (const root of volume.roots) {
    const file = await findBelow(image, root, path.toLowerCase().split('/'));
    if (file) return file;
  }
  return null;
}

async function findBelow(image: Bytes, root: Root, steps: readonly string[]): Promise<Bytes | null> {
  let folder: Pick<Entry, 'extents' | 'sizeBytes'> = root;
  for (const [index, step] of steps.entries()) {
    const listing = await fileIn(image, folder.extents, folder.sizeBytes).read(0, MAX_READ_BYTES);
    const isLast = index === steps.length - 1;
    const found = readDirectory(listing, root.isJoliet).find(
      ({ names, isDirectory }) => isDirectory !== isLast && names.includes(step),
    );
    if (!found) return null;
    if (isLast) return fileIn(image, found.extents, found.sizeBytes);
    folder = found;
  }
  return null;
}

/** The entries of a directory. A file of more than 4 GiB has several records in a row, which become one entry. */
function readDirectory(listing: Buffer, isJoliet: boolean): Entry[] {
  const entries: Entry[] = [];
  let isContinued = false;
  for (let at = 0; at < listing.length;) {
    const length = listing[at] ?? 0;
    // Records do not cross sectors; a length of 0 says that the rest of this one is empty.
    if (length === 0) at = (Math.floor(at / SECTOR_BYTES) + 1) * SECTOR_BYTES;
    else if (length < 34 || at + length > listing.length) return entries;
    else {
      const record = listing.subarray(at, at + length);
      const extent = { offset: record.readUInt32LE(2) * SECTOR_BYTES, sizeBytes: record.readUInt32LE(10) };
      const flags = record[25] ?? 0;
      const last = isContinued ? entries.at(-1) : undefined;
      if (last) {
        last.extents.push(extent);
        last.sizeBytes += extent.sizeBytes;
      } else
        entries.push({
          names: namesOf(record, isJoliet),
          isDirectory: (flags & IS_DIRECTORY) !== 0,
          extents: [extent],
          sizeBytes: extent.sizeBytes,
        });
      isContinued = (flags & GOES_ON) !== 0;
      at += length;
    }
  }
  return entries;
}

function namesOf(record: Buffer, isJoliet: boolean): string[] {
  const length = record[32] ?? 0;
  const raw = record.subarray(33, 33 + length);
  const name = isJoliet ? fromUtf16Be(raw) : raw.toString('latin1');
  const plain = name.replace(/;\d+$/, '').replace(/\.$/, '').toLowerCase();
  const rockRidge = isJoliet ? null : rockRidgeName(record.subarray(33 + length + ((length + 1) % 2)));
  return rockRidge === null ? [plain] : [plain, rockRidge.toLowerCase()];
}

/** The `NM` entry of a record's system use area. */
function rockRidgeName(area: Buffer): string | null {
  for (let at = 0; at + 4 <= area.length;) {
    const length = area[at + 2] ?? 0;
    if (length < 4) return null;
    if (area.toString('latin1', at, at + 2) === 'NM') return area.toString('utf8', at + 5, at + length);
    at += length;
  }
  return null;
}

/** Text of 2 bytes for each character, high byte first. */
export function fromUtf16Be(raw: Buffer): string {
  return Buffer.from(raw.subarray(0, raw.length & ~1))
    .swap16()
    .toString('utf16le');
}
