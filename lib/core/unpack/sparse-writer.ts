/** Writes a file from its start, and leaves holes where zeros would be. */
import type { FileHandle } from 'node:fs/promises';

/** The size of a hole at least: the block of most file systems, a few times over, so that files do not crumble. */
const BLOCK_BYTES = 64 * 1024;
const ZEROS = Buffer.alloc(BLOCK_BYTES);

export class SparseWriter {
  /** Where the next byte goes. */
  sizeBytes = 0;
  /** Bytes that took room on the disk. */
  writtenBytes = 0;

  constructor(private readonly handle: FileHandle) {}

  /** @param data not used any more when the promise has resolved */
  async write(data: Buffer): Promise<void> {
    for (let at = 0; at < data.length;) {
      const end = this.endOfRun(data, at, true);
      this.sizeBytes += end - at;
      const next = this.endOfRun(data, end, false);
      if (next > end) await this.put(data.subarray(end, next));
      at = next;
    }
  }

  /** Gives the file its size, which a hole at its end does not. */
  async finish(): Promise<void> {
    await this.handle.truncate(this.sizeBytes);
  }

  /** Where the blocks that begin at `from`, and are zero or are not, end. */
  private endOfRun(data: Buffer, from: number, wantsZeros: boolean): number {
    let at = from;
    while (at < data.length) {
      const position = this.sizeBytes + (at - from);
      const end = Math.min(data.length, at + BLOCK_BYTES - (position % BLOCK_BYTES));
      if (ZEROS.subarray(0, end - at).equals(data.subarray(at, end)) !== wantsZeros) break;
      at = end;
    }
    return at;
  }

  private async put(data: Buffer): Promise<void> {
    for (let done = 0; done < data.length;) {
      const { bytesWritten } = await this.handle.write(data, done, data.length - done, this.sizeBytes + done);
      done += bytesWritten;
    }
    this.sizeBytes += data.length;
    this.writtenBytes += data.length;
  }
}
