/**
 * The boot catalog of a CD: which firmware can start it.
 *
 *   validation entry (platform) │ default entry │ section header (platform, count) │ entries │ next header …
 *
 * Source: "El Torito" Bootable CD-ROM Format Specification 1.0, 2.1 to 2.4; UEFI 13.3.2.1 for platform 0xEF.
 */
import type { IsoFacts } from '../../shared/iso-facts';
import type { Bytes } from './bytes';
import { SECTOR_BYTES } from './iso9660';

const ENTRY_BYTES = 32;
const PLATFORM_BIOS = 0;
const PLATFORM_UEFI = 0xef;
const BOOTABLE = 0x88;

/** @param sector of the catalog, null when the image has none */
export async function readBoots(image: Bytes, sector: number | null): Promise<IsoFacts['boots']> {
  const boots = { bios: false, uefi: false };
  if (sector === null) return boots;
  const catalog = await image.read(sector * SECTOR_BYTES, SECTOR_BYTES);
  if (catalog.length < 2 * ENTRY_BYTES || catalog[0] !== 1 || catalog.readUInt16LE(30) !== 0xaa55) return boots;
  const note = (platform: number | undefined, entry: number) => {
    if (catalog[entry] !== BOOTABLE) return;
    if (platform === PLATFORM_BIOS) boots.bios = true;
    if (platform === PLATFORM_UEFI) boots.uefi = true;
  };
  note(catalog[1], ENTRY_BYTES);
  for (let at = 2 * ENTRY_BYTES; at + ENTRY_BYTES <= catalog.length;) {
    const indicator = catalog[at];
    if (indicator !== 0x90 && indicator !== 0x91) break;
    const count = catalog.readUInt16LE(at + 2);
    for (let n = 1; n <= count && at + (n + 1) * ENTRY_BYTES <= catalog.length; n++)
      note(catalog[at + 1], at + n * ENTRY_BYTES);
    if (indicator === 0x91) break;
    at += (count + 1) * ENTRY_BYTES;
  }
  return boots;
}
