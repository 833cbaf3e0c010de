/** Space on the host's file systems. Something always stays free, so that running guests can go on writing. */
import { stat, statfs } from 'node:fs/promises';
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

/** Room that is spoken for. */
export interface Reservation {
  /** Asks for another size in all. @throws AppError `no_space`; it keeps the old size then */
  resize(bytes: number): Promise<void>;
  /** Tells how many bytes have been taken of the file system: they count no more. */
  wrote(bytes: number): void;
  release(): void;
}

interface Held {
  device: number;
  bytes: number;
  wrote: number;
}

/** Who has been promised how much: two uploads that fit alone must not both begin when they do not fit together. */
export class Reservations {
  private readonly held = new Set<Held>();

  /**
   * Sets room aside before the first byte.
   *
   * @param path on the file system in question; it exists
   * @param what names the thing in the sentence (“debian.iso”)
   * @throws AppError `no_space`
   */
  async reserve(path: string, bytes: number, what: string): Promise<Reservation> {
    const mine: Held = { device: (await stat(path)).dev, bytes: 0, wrote: 0 };
    const resize = async (wanted: number) => {
      const space = await spaceOf(path);
      // Nothing waits between the look and the promise.
      requireRoom(space, this.spokenFor(mine), wanted - mine.wrote, what);
      mine.bytes = wanted;
    };
    await resize(bytes);
    this.held.add(mine);
    return {
      resize,
      wrote: (written) => (mine.wrote = written),
      release: () => this.held.delete(mine),
    };
  }

  private spokenFor(mine: Held): number {
    return [...this.held]
      .filter((other) => other !== mine && other.device === mine.device)
      .reduce((sum, { bytes, wrote }) => sum + Math.max(0, bytes - wrote), 0);
  }
}

/**
 * Checks before the first byte that `bytes` fit.
 *
 * @param what names the thing in the sentence ("the upload")
 * @throws AppError `no_space`
 */
export async function requireSpace(path: string, bytes: number, what: string): Promise<void> {
  requireRoom(await spaceOf(path), 0, bytes, what);
}

function requireRoom(space: Space, spokenFor: number, bytes: number, what: string): void {
  const available = Math.max(0, space.freeBytes - reserveBytes(space) - spokenFor);
  if (bytes <= available) return;
  const others = spokenFor > 0 ? ` Other work has been promised ${gib(spokenFor)}.` : '';
  throw new AppError(
    'no_space',
    `There is no room for ${what}: it needs ${gib(bytes)} and ${gib(available)} can be used ` +
      `(Skep keeps ${gib(reserveBytes(space))} free for running VMs).${others} Free some space on the host and try again.`,
  );
}

function gib(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
