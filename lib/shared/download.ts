/** A download as it is asked for. The address is checked further, and again at each redirect, by the core. */
import { z } from 'zod';
import { libraryFileName } from './device';

export const downloadCreate = z.strictObject({
  url: z.string().trim().min(1, 'Enter the address of a file.').max(2048, 'The address is too long.'),
  /** Null: what the server or the address calls it. */
  name: libraryFileName.nullable().default(null),
  /** A folder of the library; null is the one in Skep's home. */
  folder: z.string().min(1).max(100).nullable().default(null),
  /** In hex (MD5, SHA-1, SHA-256, SHA-512), or the address of a list such as SHA256SUMS. */
  checksum: z.string().trim().max(2048).nullable().default(null),
  /** Unpack gz, xz, zst and zip when it has arrived. */
  unpack: z.boolean().default(true),
});
export type DownloadCreate = z.output<typeof downloadCreate>;
