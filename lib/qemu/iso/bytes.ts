/**
 * Bytes to read from: an image, or a file in it. All reading of an image that a stranger made goes through
 * `limited`, so that no lie in it (a loop, a huge size) makes the reader work longer than it is worth.
 */
import type { FileHandle } from 'node:fs/promises';

export interface Bytes {
  readonly sizeBytes: number;
  /** Up to `length` bytes; fewer at the end, none beyond it. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** A stretch of an image. `null` offset: it reads as zeros. */
export interface Extent {
  offset: number | null;
  sizeBytes: number;
}

/** More is never read at once: the largest directory that is looked at. */
export const MAX_READ_BYTES = 1024 * 1024;
const MAX_READS = 400;
const MAX_TOTAL_BYTES = 16 * 1024 * 1024;

/** An open file. */
export function bytesOfFile(handle: FileHandle, sizeBytes: number): Bytes {
  return {
    sizeBytes,
    async read(offset, length) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    },
  };
}

/** The same bytes, for 400 reads and 16 MiB; then it throws. */
export function limited(bytes: Bytes): Bytes {
  let [reads, total] = [0, 0];
  return {
    sizeBytes: bytes.sizeBytes,
    async read(offset, length) {
      const wanted = Math.min(length, MAX_READ_BYTES, bytes.sizeBytes - offset);
      if (offset < 0 || wanted <= 0) return Buffer.alloc(0);
      total += wanted;
      if (++reads > MAX_READS || total > MAX_TOTAL_BYTES) throw new Error('The image asks for too much reading.');
      return bytes.read(offset, wanted);
    },
  };
}

/** A file in an image, which may lie in several pieces. */
export function fileIn(image: Bytes, extents: readonly Extent[], sizeBytes: number): Bytes {
  return {
    sizeBytes,
    async read(offset, length) {
      const parts: Buffer[] = [];
      let [at, left] = [offset, Math.min(length, MAX_READ_BYTES, sizeBytes - offset)];
      for (const extent of extents) {
        if (left <= 0) break;
        const taken = Math.min(left, extent.sizeBytes - at);
        if (taken > 0) {
          parts.push(extent.offset === null ? Buffer.alloc(taken) : await image.read(extent.offset + at, taken));
          left -= taken;
        }
        at = Math.max(0, at - extent.sizeBytes);
      }
      return Buffer.concat(parts);
    },
  };
}

/** The beginning of a small text file; control characters except line ends are left out. */
export async function textOf(file: Bytes | null, maxBytes = 4096): Promise<string> {
  if (!file) return '';
  const text = (await file.read(0, maxBytes)).toString('utf8');
  return text.replace(/[^\P{Cc}\n]/gu, '');
}
