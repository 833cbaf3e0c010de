/**
 * What a CD or DVD image says of itself: its label, the system on it, the processor that it is for, and which
 * firmware starts it. Our own reader; nothing of the image is executed, mounted or given to a tool.
 *
 *   image ─limited─▶ ISO 9660 ─┬─▶ label ────────────────┐
 *                     or UDF   ├─▶ .disk/info, .treeinfo ├─▶ systems.ts ─▶ system, version, preset
 *                              ├─▶ install.wim ──────────┘   (windows.ts)
 *                              ├─▶ EFI/BOOT/BOOT*.EFI ─────▶ architecture, when no word tells it
 *                              └─▶ boot catalog ───────────▶ BIOS, UEFI
 */
import type { Architecture, IsoFacts } from '../../shared/iso-facts';
import { limited, textOf, type Bytes } from './bytes';
import { readBoots } from './el-torito';
import { findInIso, readIsoVolume } from './iso9660';
import { architectureIn, systemIn, type Identity } from './systems';
import { openUdf } from './udf';
import { readWim } from './windows';

type Find = (path: string) => Promise<Bytes | null>;

const EFI_LOADERS: [path: string, Architecture][] = [
  ['efi/boot/bootx64.efi', 'x86_64'],
  ['efi/boot/bootaa64.efi', 'arm64'],
  ['efi/boot/bootriscv64.efi', 'riscv64'],
  ['efi/boot/bootia32.efi', 'i386'],
];

/**
 * Reads all that can be told. Never fails: what a broken or hostile image does not give is null.
 *
 * @param image at most 16 MiB of it are read
 */
export async function readIsoFacts(image: Bytes): Promise<IsoFacts> {
  const facts: IsoFacts = {
    ...{ label: null, system: null, version: null, preset: null, architecture: null },
    boots: { bios: false, uefi: false },
  };
  try {
    await readInto(facts, limited(image));
  } catch {
    // What was found before the reader gave up is kept.
  }
  return facts;
}

async function readInto(facts: IsoFacts, image: Bytes): Promise<void> {
  const volume = await readIsoVolume(image);
  facts.label = volume.label;
  facts.boots = await readBoots(image, volume.bootCatalogSector);
  const udf = volume.hasUdf ? await openUdf(image) : null;
  facts.label ??= udf?.label ?? null;
  const find: Find = async (path) => (await findInIso(image, volume, path)) ?? (await udf?.find(path)) ?? null;
  Object.assign(facts, await identify(find, facts.label));
  facts.architecture ??= await architectureByLoader(find);
}

/** Files first: a label has 32 characters, and is what people change. */
async function identify(find: Find, label: string | null): Promise<Partial<Identity>> {
  const [info = ''] = (await textOf(await find('.disk/info'))).split('\n');
  const found =
    systemIn(info) ??
    systemInTree(await textOf(await find('.treeinfo'))) ??
    (label ? systemIn(label) : null) ??
    (await windowsOn(find));
  return found ?? { architecture: architectureIn(`${info} ${label ?? ''}`) };
}

/** Fedora and its relatives say it in an ini file: `family`, `version`, `arch`. */
function systemInTree(treeInfo: string): Identity | null {
  const [, general = ''] = treeInfo.split(/^\[general\]$/m);
  const value = (key: string) => new RegExp(`^${key}\\s*=\\s*(.{1,60})$`, 'm').exec(general)?.[1]?.trim() ?? '';
  const found = systemIn(`${value('family')} ${value('version')}`);
  return found && { ...found, version: value('version') || null, architecture: architectureIn(value('arch')) };
}

async function windowsOn(find: Find): Promise<Identity | null> {
  for (const path of ['sources/install.wim', 'sources/install.esd', 'sources/boot.wim']) {
    const wim = await find(path);
    const found = wim && (await readWim(wim));
    if (found) return found;
  }
  return null;
}

async function architectureByLoader(find: Find): Promise<Architecture | null> {
  for (const [path, architecture] of EFI_LOADERS) if (await find(path)) return architecture;
  return null;
}
