/** Checksums as people and mirrors write them. */
import { AppError } from '../../shared/errors';

export type HashName = 'md5' | 'sha1' | 'sha256' | 'sha512';

/** A digest to compare with, in lower case. */
export interface Checksum {
  algorithm: HashName;
  hex: string;
}

const ALGORITHM_OF_LENGTH: Record<number, HashName> = { 32: 'md5', 40: 'sha1', 64: 'sha256', 128: 'sha512' };
/** `SHA256 (name) = hex`, of BSD's and of `sha256sum --tag`. */
const BSD_LINE = /^(MD5|SHA1|SHA256|SHA512) ?\((.+)\) ?= ?([0-9a-fA-F]{32,128})$/;
/** `hex  name` and, for binary mode, `hex *name`; a leading backslash says that the name is escaped. */
const GNU_LINE = /^(\\)?([0-9a-fA-F]{32,128}) [ *](.+)$/;
const BARE_LINE = /^([0-9a-fA-F]{32,128})$/;

/** A checksum in hex, by itself or as `sha256:…`; null when it is none. */
export function parseChecksum(text: string): Checksum | null {
  const [, name, hex = ''] = /^(?:(md5|sha1|sha256|sha512)[:=])?\s*([0-9a-f]+)$/.exec(text.trim().toLowerCase()) ?? [];
  const algorithm = ALGORITHM_OF_LENGTH[hex.length];
  if (!algorithm || (name !== undefined && name !== algorithm)) return null;
  return { algorithm, hex };
}

/**
 * Finds a file's checksum in a list such as SHA256SUMS, in the GNU or the BSD form, also inside a signed message. A
 * list of a single line without a name is that of the file. The strongest of several is taken. Pure.
 *
 * @param names what the file may be called in the list, best first
 * @throws AppError `invalid_input` when the list has none for it
 */
export function findChecksum(list: string, names: readonly string[]): Checksum {
  const lines = list.split(/\r?\n/).map((line) => line.trimEnd());
  const entries = lines.flatMap(parseLine);
  for (const name of names) {
    const found = entries.filter((entry) => entry.name === name).sort((a, b) => b.hex.length - a.hex.length);
    if (found[0]) return { algorithm: found[0].algorithm, hex: found[0].hex };
  }
  const bare = lines.filter((line) => line !== '');
  const only = bare.length === 1 ? parseChecksum(BARE_LINE.exec(bare[0] ?? '')?.[1] ?? '') : null;
  if (only) return only;
  const what = entries.length === 0 ? 'holds no checksums' : `has none for “${names[0] ?? ''}”`;
  throw new AppError(
    'invalid_input',
    `The list of checksums ${what}. Give the address of the right list, or the checksum itself.`,
    { fields: { checksum: `This list ${what}.` } },
  );
}

function parseLine(line: string): (Checksum & { name: string })[] {
  const bsd = BSD_LINE.exec(line);
  const gnu = bsd ? null : GNU_LINE.exec(line);
  const hex = bsd?.[3] ?? gnu?.[2] ?? '';
  const path = bsd?.[2] ?? (gnu?.[1] ? unescape(gnu[3] ?? '') : gnu?.[3]) ?? '';
  const checksum = parseChecksum(hex);
  if (!checksum || (bsd && bsd[1]?.toLowerCase() !== checksum.algorithm)) return [];
  return [{ ...checksum, name: path.slice(path.lastIndexOf('/') + 1) }];
}

/** Undoes what GNU's tools do to backslashes and line ends in a name. */
function unescape(name: string): string {
  return name.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign === 'r' ? '\r' : sign));
}
