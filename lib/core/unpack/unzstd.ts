/**
 * Zstandard (RFC 8878): frames of blocks. The decoder gets one block at a time: a block unpacks to 128 KiB at most,
 * where a chunk of a bomb would unpack to gigabytes at once.
 */
import { Decompress } from 'fzstd';
import { BrokenPacking, readRange, type PackedSource } from './packed-source';

const FRAME_MAGIC = 0xfd2fb528;
/** 0x184D2A50 to 0x184D2A5F: data of others, to be passed over. */
const SKIPPABLE_MAGIC = 0x184d2a5;
/** The decoder sets the window aside at once. `zstd --ultra -22` uses 128 MiB. */
const MAX_WINDOW_BYTES = 128 * 1024 ** 2;

interface FrameHeader {
  length: number;
  hasChecksum: boolean;
  windowBytes: number;
}

/** The unpacked bytes. The checksum of a frame is not looked at. @throws BrokenPacking */
export async function* unzstd(source: PackedSource): AsyncGenerator<Buffer> {
  const input = new ByteReader(readRange(source, 0, source.sizeBytes));
  try {
    while (!(await input.isAtEnd())) {
      const magic = (await input.peek(4)).readUInt32LE();
      if (magic >>> 4 === SKIPPABLE_MAGIC) await input.skip((await input.take(8)).readUInt32LE(4));
      else if (magic === FRAME_MAGIC) yield* unzstdFrame(input);
      else throw new BrokenPacking('something else follows the packed data');
    }
  } finally {
    await input.close();
  }
}

async function* unzstdFrame(input: ByteReader): AsyncGenerator<Buffer> {
  const header = parseFrameHeader(await input.peek(6), (length) => input.peek(length));
  const { length, hasChecksum, windowBytes } = await header;
  if (windowBytes > MAX_WINDOW_BYTES) throw new BrokenPacking('it needs more than 128 MiB of memory');
  const out: Buffer[] = [];
  const decoder = new Decompress((data) => out.push(Buffer.from(data)));
  decode(decoder, await input.take(length), false);
  for (let isLast = false; !isLast;) {
    const block = (await input.peek(3)).readUIntLE(0, 3);
    isLast = (block & 1) === 1;
    // A run is one byte, however long it becomes.
    const bodyBytes = ((block >>> 1) & 3) === 1 ? 1 : block >>> 3;
    if (block >>> 3 > 128 * 1024) throw new BrokenPacking('one of its blocks is too large');
    const more = isLast && hasChecksum ? 4 : 0;
    decode(decoder, await input.take(3 + bodyBytes + more), isLast);
    yield* out.splice(0);
  }
}

function decode(decoder: Decompress, data: Buffer, isLast: boolean): void {
  try {
    // The decoder keeps what it cannot use yet.
    decoder.push(Uint8Array.from(data), isLast);
  } catch (error) {
    throw new BrokenPacking('its zstd data is broken', { cause: error });
  }
}

/** @param start the frame's first 6 bytes @param peek the frame's first bytes, as many as asked for */
async function parseFrameHeader(start: Buffer, peek: (length: number) => Promise<Buffer>): Promise<FrameHeader> {
  const flags = start[4] ?? 0;
  const isSingle = (flags & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >>> 6] ?? 0;
  const sizeAt = (isSingle ? 5 : 6) + dictionaryBytes;
  const length = sizeAt + sizeBytes;
  if (dictionaryBytes > 0) throw new BrokenPacking('it needs a dictionary');
  const exponent = 10 + ((start[5] ?? 0) >>> 3);
  const mantissa = (2 ** exponent / 8) * ((start[5] ?? 0) & 7);
  const windowBytes = isSingle ? sizeOf((await peek(length)).subarray(sizeAt)) : 2 ** exponent + mantissa;
  return { length, hasChecksum: (flags & 4) !== 0, windowBytes };
}

function sizeOf(field: Buffer): number {
  if (field.length === 8) return Number(field.readBigUInt64LE());
  return field.readUIntLE(0, field.length) + (field.length === 2 ? 256 : 0);
}

/** Bytes of a stream, as many as asked for. */
class ByteReader {
  private buffered: Buffer = Buffer.alloc(0);
  private readonly chunks: AsyncGenerator<Buffer>;

  constructor(chunks: AsyncGenerator<Buffer>) {
    this.chunks = chunks;
  }

  async isAtEnd(): Promise<boolean> {
    return this.buffered.length === 0 && !(await this.fill());
  }

  async peek(length: number): Promise<Buffer> {
    while (this.buffered.length < length) {
      if (!(await this.fill())) throw new BrokenPacking('it ends too early');
    }
    return this.buffered.subarray(0, length);
  }

  async take(length: number): Promise<Buffer> {
    const taken = await this.peek(length);
    this.buffered = this.buffered.subarray(length);
    return taken;
  }

  async skip(length: number): Promise<void> {
    for (let left = length; left > 0;) {
      if (await this.isAtEnd()) throw new BrokenPacking('it ends too early');
      left -= (await this.take(Math.min(left, this.buffered.length))).length;
    }
  }

  async close(): Promise<void> {
    await this.chunks.return(undefined);
  }

  private async fill(): Promise<boolean> {
    const { done, value } = await this.chunks.next();
    if (done) return false;
    this.buffered = this.buffered.length === 0 ? value : Buffer.concat([this.buffered, value]);
    return true;
  }
}
