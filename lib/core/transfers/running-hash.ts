/** The SHA-256 of a file that grows at its end. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

const READ_BYTES = 4 * 1024 ** 2;

/**
 * Takes bytes as they come. After a restart of Skep it knows nothing of the earlier ones: `finish` then reads from
 * the file what it has not seen.
 */
export class RunningHash {
  private readonly hash = createHash('sha256');
  private seenBytes = 0;

  /** @param offset where in the file the bytes lie */
  add(offset: number, bytes: Uint8Array): void {
    if (offset !== this.seenBytes) return;
    this.hash.update(bytes);
    this.seenBytes += bytes.length;
  }

  /** The hash in hex of the file's first `sizeBytes` bytes. Call it once. @throws what reading throws; when aborted */
  async finish(file: FileHandle, sizeBytes: number, signal: AbortSignal): Promise<string> {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    while (this.seenBytes < sizeBytes) {
      signal.throwIfAborted();
      const wanted = Math.min(READ_BYTES, sizeBytes - this.seenBytes);
      const { bytesRead } = await file.read(buffer, 0, wanted, this.seenBytes);
      if (bytesRead === 0) throw new Error(`The file ends at ${this.seenBytes} of ${sizeBytes} bytes.`);
      this.add(this.seenBytes, buffer.subarray(0, bytesRead));
    }
    return this.hash.digest('hex');
  }
}
