/** What a CD or DVD image says of itself. Read from the image (`lib/qemu/iso`), kept with the library's record of it. */
import { z } from 'zod';
import { vmSystem } from './vm';

export const architecture = z.enum(['x86_64', 'i386', 'arm64', 'riscv64']);
export type Architecture = z.infer<typeof architecture>;

export const isoFacts = z.object({
  label: z.string().nullable(),
  /** “Debian”, “Windows 11”; null when it cannot be told. */
  system: z.string().nullable(),
  /** “12.5.0”, “24.04 LTS”, a build of Windows. */
  version: z.string().nullable(),
  /** The preset of the wizard that fits. */
  preset: vmSystem.nullable(),
  architecture: architecture.nullable(),
  /** By its El Torito boot catalog: which firmware can start it from a CD drive. */
  boots: z.object({ bios: z.boolean(), uefi: z.boolean() }),
});
export type IsoFacts = z.infer<typeof isoFacts>;

/** “Debian 12.5.0”, or null. */
export function isoTitle({ system, version }: Pick<IsoFacts, 'system' | 'version'>): string | null {
  return system && [system, version].filter(Boolean).join(' ');
}

/** “BIOS and UEFI”, “UEFI only”: which firmware starts it. */
export function isoBootWords({ boots }: Pick<IsoFacts, 'boots'>): string {
  if (boots.bios && boots.uefi) return 'BIOS and UEFI';
  if (boots.bios) return 'BIOS only';
  return boots.uefi ? 'UEFI only' : 'Not bootable';
}
