/** Space on the host's file systems. Something always stays free, so that running guests can go on writing. */
import { statfs } from 'node:fs/promises';
import { AppError } from '../shared/errors';

const RESERVE_SHARE = 0.05;
const RESERVE_BYTES = 2_000_000_000;

export interface Space {
  totalBytes: number;
  freeBytes: number;
}

/** Total and free bytes (for this user) of the file system that holds `path`. */
export async function spaceOf(path: string): Promise<Space> {
  const { blocks, bavail, bsize } = await statfs(path);
  return { totalBytes: blocks * bsize, freeBytes: bavail * bsize };
}

/** What Skep leaves free on a file system: 5 % of it or 2 GB, whichever is more. */
export function reserveBytes({ totalBytes }: Space): number {
  return Math.max(totalBytes * RESERVE_SHARE, RESERVE_BYTES);
}

/**
 * Checks before the first byte that `bytes` fit.
 *
 * @param what names the thing in the sentence ("the upload")
 * @throws AppError `no_space`
 */
export async function requireSpace(path: string, bytes: number, what: string): Promise<void> {
  const space = await spaceOf(path);
  const available = Math.max(0, space.freeBytes - reserveBytes(space));
  if (bytes <= available) return;
  throw new AppError(
    'no_space',
    `There is no room for ${what}: it needs ${gib(bytes)} and ${gib(available)} can be used ` +
      `(Skep keeps ${gib(reserveBytes(space))} free for running VMs). Free some space on the host and try again.`,
  );
}

function gib(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
