/** What browser and server must agree on about uploads. The words on the wire are those of tus 1.0.0. */
import { z } from 'zod';
import { libraryFileName } from './device';

/** Below this address; a new upload is made by a POST to it. */
export const UPLOADS_PATH = '/upload/files';
/** What one request carries at most, in bytes: seconds on a slow line, far from any proxy's time limit. */
export const UPLOAD_CHUNK_BYTES = 8 * 1024 ** 2;
/** A chunk is checked in blocks of this many bytes: of a chunk that was cut, all blocks but the last are kept. */
export const UPLOAD_BLOCK_BYTES = 256 * 1024;
/** Zeros that one request may stand for, in bytes. */
export const UPLOAD_ZEROS_BYTES = 64 * 1024 ** 2;
/** An upload that nobody goes on with is given up after this long, in milliseconds. */
export const UPLOAD_IDLE_MS = 7 * 24 * 3600 * 1000;

/** SHA-256 in hex. */
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 has 64 hexadecimal digits.');

/** What is asked for when an upload begins. */
export const uploadCreate = z.strictObject({
  name: libraryFileName,
  /** A folder that was added to the library; null is the home's own. */
  folder: z.string().min(1).max(200).nullable(),
  sizeBytes: z
    .int('The length of the file is missing.')
    .min(1, 'The file is empty. Choose another one.')
    .max(Number.MAX_SAFE_INTEGER),
  /** When the file was changed last, in milliseconds since 1970; 0 when nobody knows. */
  modifiedMs: z.int().min(0),
});
export type UploadCreate = z.infer<typeof uploadCreate>;

/** An unfinished upload, as its user sees it. */
export interface UploadView extends UploadCreate {
  /** The id of its task. */
  id: string;
  /** Bytes that need not be sent again. */
  offset: number;
}

/** One piece of a chunk, and what its bytes must hash to. */
export interface UploadBlock {
  sizeBytes: number;
  /** SHA-256 in hex. */
  sha256: string;
}
