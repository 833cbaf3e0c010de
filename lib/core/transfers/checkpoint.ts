/** How far a download is, as it is stored with its task. */
import { z } from 'zod';

export const downloadCheckpoint = z.strictObject({
  /** The name that it will have in the library. */
  name: z.string(),
  /** Bytes that are on the disk for certain. */
  doneBytes: z.number(),
  totalBytes: z.number().nullable(),
  validator: z.string().nullable(),
  checksum: z.strictObject({ algorithm: z.enum(['md5', 'sha1', 'sha256', 'sha512']), hex: z.string() }).nullable(),
  /** The part file's inode, once it is about to be published. */
  inode: z.string().nullable(),
});
export type DownloadCheckpoint = z.infer<typeof downloadCheckpoint>;

export const NOTHING_YET: DownloadCheckpoint = {
  name: '',
  doneBytes: 0,
  totalBytes: null,
  validator: null,
  checksum: null,
  inode: null,
};
