/** Long runs of zeros in a file: they are named to the server and not sent. */
import { UPLOAD_BLOCK_BYTES } from '@/lib/shared/upload';

/** Shorter runs are sent: a request of their own would cost more than their bytes. */
const WORTH_BLOCKS = 4;

/** What comes next in the file: so many bytes of zeros, or so many of data. */
export interface Run {
  isZero: boolean;
  sizeBytes: number;
}

/**
 * The first run in a piece of a file. Pure.
 *
 * @param isLast the piece ends where the file ends: zeros there are worth it however few
 */
export function firstRun(bytes: Uint8Array, isLast: boolean): Run {
  const flags: boolean[] = [];
  for (let at = 0; at < bytes.length; at += UPLOAD_BLOCK_BYTES)
    flags.push(isZero(bytes.subarray(at, at + UPLOAD_BLOCK_BYTES)));
  const zeroRunAt = (from: number) => {
    let end = from;
    while (flags[end]) end++;
    const isWorth = end - from >= WORTH_BLOCKS || (end > from && isLast && end === flags.length);
    return isWorth ? end : from;
  };
  const zeroEnd = zeroRunAt(0);
  if (zeroEnd > 0) return { isZero: true, sizeBytes: toBytes(zeroEnd, bytes) };
  let dataEnd = 1;
  while (dataEnd < flags.length && zeroRunAt(dataEnd) === dataEnd) dataEnd++;
  return { isZero: false, sizeBytes: toBytes(dataEnd, bytes) };
}

function toBytes(blocks: number, bytes: Uint8Array): number {
  return Math.min(blocks * UPLOAD_BLOCK_BYTES, bytes.length);
}

function isZero(bytes: Uint8Array): boolean {
  // Most blocks are told by their first bytes.
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) return false;
  return true;
}
