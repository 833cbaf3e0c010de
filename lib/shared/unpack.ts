/** Unpacking a file of the library: gz, xz, zst, or one file out of a zip. */
import { z } from 'zod';
import { libraryFileName, libraryRef } from './device';

export type PackedKind = 'gz' | 'xz' | 'zst' | 'zip';

export const unpackStart = z.strictObject({
  ref: libraryRef,
  /** Of a zip: the name of the file inside, as the zip has it. Null when there is only one to choose. */
  member: z.string().max(65_535).nullable().default(null),
  /** Null: the packed file's name without its ending. */
  name: libraryFileName.nullable().default(null),
  /** Removes the packed file afterwards. */
  removePacked: z.boolean().default(false),
});
export type UnpackStart = z.output<typeof unpackStart>;

/** What is in a packed file. */
export interface PackedView {
  kind: PackedKind;
  /** The name that the unpacked file gets when nobody says another, or null when a member must be chosen first. */
  name: string | null;
  /** Of a zip: the files inside, those that look like images first. Else empty. */
  members: PackedMember[];
}

export interface PackedMember {
  name: string;
  sizeBytes: number;
  /** Why it cannot be unpacked, as a sentence, or null. */
  refusal: string | null;
}
