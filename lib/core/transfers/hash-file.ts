/** Digests of a file's content. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { HashName } from './checksum';

const CHUNK_BYTES = 1024 ** 2;

/**
 * Reads a file once and computes several digests of it, each in hex.
 *
 * @param sizeBytes how much of the file
 * @throws what the signal was aborted with; Error when the file is shorter
 */
export async function hashFile(
  handle: FileHandle,
  sizeBytes: number,
  algorithms: readonly HashName[],
  signal: AbortSignal,
): Promise<Partial<Record<HashName, string>>> {
  const hashes = new Map([...new Set(algorithms)].map((name) => [name, createHash(name)]));
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let at = 0; at < sizeBytes;) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, Math.min(CHUNK_BYTES, sizeBytes - at), at);
    if (bytesRead === 0) throw new Error('the file is shorter than it was');
    for (const hash of hashes.values()) hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return Object.fromEntries([...hashes].map(([name, hash]) => [name, hash.digest('hex')]));
}
