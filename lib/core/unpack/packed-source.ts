/** A packed file as its decoder reads it. */
import type { FileHandle } from 'node:fs/promises';

export interface PackedSource {
  handle: FileHandle;
  sizeBytes: number;
  /** Told of each read, so that somebody knows how far it is. */
  onRead(bytes: number): void;
}

const CHUNK_BYTES = 64 * 1024;

/** The bytes of a range, in pieces that are only good until the next one. */
export async function* readRange(source: PackedSource, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to;) {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, to - at));
    const { bytesRead } = await source.handle.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    source.onRead(bytesRead);
    yield buffer.subarray(0, bytesRead);
  }
}

/** Exactly these bytes. @throws BrokenPacking when the file ends before */
export async function readExactly(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(buffer, done, length - done, from + done);
    if (bytesRead === 0) throw new BrokenPacking('it ends too early');
    done += bytesRead;
  }
  return buffer;
}

/** The packed data makes no sense. Its message ends a sentence. */
export class BrokenPacking extends Error {}
