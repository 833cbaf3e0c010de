/** How a file is packed, by its first bytes. Names prove nothing. Pure. */
import type { PackedKind } from '../../shared/unpack';

const MAGICS: readonly [PackedKind, number[]][] = [
  ['gz', [0x1f, 0x8b, 0x08]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zst', [0x28, 0xb5, 0x2f, 0xfd]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
];

/** @param start the first 6 bytes or more */
export function packedKindOf(start: Buffer): PackedKind | null {
  return MAGICS.find(([, magic]) => magic.every((byte, at) => start[at] === byte))?.[0] ?? null;
}
