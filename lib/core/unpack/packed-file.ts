/** A packed file of the library, opened. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { libraryFileName, splitLibraryRef } from '../../shared/device';
import { AppError } from '../../shared/errors';
import type { PackedKind, PackedMember } from '../../shared/unpack';
import { BrokenPacking } from './packed-source';
import { packedKindOf } from './packed-kind';
import { onlyMember, zipMembers } from './zip-members';

const ENDINGS: Record<PackedKind, RegExp> = {
  gz: /\.(gz|gzip)$/i,
  xz: /\.xz$/i,
  zst: /\.(zst|zstd)$/i,
  zip: /\.zip$/i,
};

export interface PackedFile {
  ref: string;
  kind: PackedKind;
  handle: FileHandle;
  sizeBytes: number;
}

/** Opens the file, lets `use` work with it, and closes it. @throws AppError `not_found`, `invalid_input`: not packed */
export async function withPackedFile<T>(path: string, ref: string, use: (file: PackedFile) => Promise<T>): Promise<T> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch((cause: unknown) => {
    throw new AppError('not_found', `“${ref}” is not in the library, or cannot be read.`, { cause });
  });
  try {
    const info = await handle.stat();
    const start = Buffer.alloc(6);
    const kind = info.isFile() ? packedKindOf(start.subarray(0, (await handle.read(start, 0, 6, 0)).bytesRead)) : null;
    if (!kind)
      throw new AppError(
        'invalid_input',
        `“${ref}” is not packed, or in a way that Skep does not know (gz, xz, zst, zip).`,
      );
    return await use({ ref, kind, handle, sizeBytes: info.size });
  } finally {
    await handle.close();
  }
}

/** The files in a zip; none for the other kinds. @throws AppError `invalid_input` */
export async function membersOf({ kind, handle, sizeBytes, ref }: PackedFile): Promise<PackedMember[]> {
  if (kind !== 'zip') return [];
  try {
    return await zipMembers({ handle, sizeBytes, onRead: () => undefined });
  } catch (error) {
    if (!(error instanceof BrokenPacking)) throw error;
    throw new AppError('invalid_input', `“${ref}” cannot be unpacked: ${error.message}. Get it again.`, {
      cause: error,
    });
  }
}

/** The member that is asked for, or the only one there is. @throws AppError `invalid_input` when one must be chosen */
export function chooseMember(file: PackedFile, members: readonly PackedMember[], wanted: string | null): string | null {
  if (file.kind !== 'zip') return null;
  const member = wanted === null ? onlyMember(members) : members.find(({ name }) => name === wanted);
  if (member) return member.name;
  const sentence =
    members.length === 0
      ? `No files are in “${file.ref}”.`
      : wanted === null
        ? `Several files are in “${file.ref}”. Choose the one to unpack.`
        : `“${wanted}” is not in “${file.ref}”.`;
  throw new AppError('invalid_input', sentence, { fields: { member: sentence } });
}

/** What the unpacked file is called when nobody says: the packed file's name without its ending. Pure. */
export function unpackedName(ref: string, kind: PackedKind, member: string | null): string {
  const { name } = splitLibraryRef(ref);
  const stem = name.replace(ENDINGS[kind], '');
  const ending = member ? (/\.[A-Za-z0-9]{1,8}$/.exec(member)?.[0] ?? '') : '';
  const whole = stem.toLowerCase().endsWith(ending.toLowerCase()) ? stem : `${stem}${ending}`;
  const isUsable = whole !== name && libraryFileName.safeParse(whole).success;
  return isUsable ? whole : `${name.slice(0, 180)}.unpacked`;
}
