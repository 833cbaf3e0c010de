/**
 * Reads a file chunk by chunk, with the hashes that go along. Runs in a worker (`hash-worker.ts`), for hashing takes as
 * long as sending does on a fast line.
 *
 *   file ─▶ chunk of at most 8 MiB ─▶ zeros? ─▶ SHA-256 of each 256 KiB
 *                                └──────────────▶ SHA-256 of the whole file, each byte once
 *
 * The server hashes the whole file too, and compares at the end: a file that was changed between two sittings, or one
 * of the same name and size, is noticed however well each chunk arrived.
 */
import { UPLOAD_BLOCK_BYTES, UPLOAD_CHUNK_BYTES, UPLOAD_ZEROS_BYTES } from '@/lib/shared/upload';
import { Sha256, toHex } from './sha256';
import { firstRun } from './zero-runs';

/** A piece of the file, ready to be sent. */
export interface Chunk {
  offset: number;
  sizeBytes: number;
  /** SHA-256 of each block in base64; null: it is all zeros. */
  blocks: string[] | null;
  /** SHA-256 of the whole file in hex, with its last chunk. */
  wholeSha256: string | null;
}

export class ChunkReader {
  private readonly hash = new Sha256();
  private hashedBytes = 0;
  private whole: string | null = null;

  /** @param onHashed told how far the whole hash is, in bytes, while it is behind */
  constructor(
    private readonly file: Blob,
    private readonly onHashed: (bytes: number) => void,
  ) {}

  /** The chunk that begins at `offset`. @throws when the file cannot be read any more */
  async chunk(offset: number): Promise<Chunk> {
    await this.hashTo(offset);
    const first = await this.read(offset, UPLOAD_CHUNK_BYTES);
    const { isZero, sizeBytes: runBytes } = firstRun(first, offset + first.length === this.file.size);
    this.add(offset, first.subarray(0, runBytes));
    const goesOn = isZero && runBytes === first.length;
    const sizeBytes = runBytes + (goesOn ? await this.moreZeros(offset + runBytes) : 0);
    const blocks = isZero ? null : await hashBlocks(first.subarray(0, runBytes));
    return { offset, sizeBytes, blocks, wholeSha256: offset + sizeBytes === this.file.size ? this.finish() : null };
  }

  /** SHA-256 of the whole file in hex. */
  async wholeSha256(): Promise<string> {
    await this.hashTo(this.file.size);
    return this.finish();
  }

  /** How many zeros follow, up to what one request may stand for. */
  private async moreZeros(from: number): Promise<number> {
    let bytes = 0;
    while (from + bytes < this.file.size && bytes + 2 * UPLOAD_CHUNK_BYTES <= UPLOAD_ZEROS_BYTES) {
      const piece = await this.read(from + bytes, UPLOAD_CHUNK_BYTES);
      const run = firstRun(piece, from + bytes + piece.length === this.file.size);
      if (!run.isZero || run.sizeBytes < piece.length) break;
      this.add(from + bytes, piece);
      bytes += piece.length;
    }
    return bytes;
  }

  /** After a reload: what is on the server already is hashed from the file. */
  private async hashTo(end: number): Promise<void> {
    while (this.hashedBytes < end) {
      this.add(
        this.hashedBytes,
        await this.read(this.hashedBytes, Math.min(UPLOAD_CHUNK_BYTES, end - this.hashedBytes)),
      );
      this.onHashed(this.hashedBytes);
    }
  }

  /** Hashes what it has not seen yet; after a cut the same bytes come twice. */
  private add(offset: number, bytes: Uint8Array): void {
    const fresh = bytes.subarray(Math.max(0, this.hashedBytes - offset));
    this.hash.update(fresh);
    this.hashedBytes += fresh.length;
  }

  private finish(): string {
    this.whole ??= toHex(this.hash.digest());
    return this.whole;
  }

  private async read(offset: number, sizeBytes: number): Promise<Uint8Array> {
    return new Uint8Array(await this.file.slice(offset, offset + sizeBytes).arrayBuffer());
  }
}

async function hashBlocks(bytes: Uint8Array): Promise<string[]> {
  const hashes: string[] = [];
  for (let at = 0; at < bytes.length; at += UPLOAD_BLOCK_BYTES)
    hashes.push(toBase64(await sha256(bytes.slice(at, at + UPLOAD_BLOCK_BYTES))));
  return hashes;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  // WebCrypto is several times as fast, but is there on secure pages only.
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  return subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : new Sha256().update(bytes).digest();
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
