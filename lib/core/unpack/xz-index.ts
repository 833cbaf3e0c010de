/**
 * Where the streams of an .xz file lie and how much is in them, read from its end.
 *
 *   ┌ stream ───────────────────────────────────┐ ┌ stream ─ …
 *   │ header 12 │ blocks … │ index │ footer 12  │ (zeros)
 *   └───────────────────────────────────────────┘
 *
 * The format: https://tukaani.org/xz/xz-file-format.txt
 */
import type { FileHandle } from 'node:fs/promises';
import { BrokenPacking, readExactly } from './packed-source';

const EDGE_BYTES = 12;
const MAX_INDEX_BYTES = 16 * 1024 ** 2;
const MAX_STREAMS = 10_000;

export interface XzStream {
  from: number;
  to: number;
  unpackedBytes: number;
}

/** The streams in their order. @throws BrokenPacking when the file is cut off or is no .xz file throughout */
export async function readXzStreams(handle: FileHandle, sizeBytes: number): Promise<XzStream[]> {
  const streams: XzStream[] = [];
  for (let end = await withoutPadding(handle, sizeBytes); end > 0;) {
    if (streams.length === MAX_STREAMS) throw new BrokenPacking('it has too many parts');
    const stream = await readStream(handle, end);
    streams.unshift(stream);
    end = stream.from === 0 ? 0 : await withoutPadding(handle, stream.from);
  }
  return streams;
}

async function readStream(handle: FileHandle, end: number): Promise<XzStream> {
  if (end < 2 * EDGE_BYTES) throw new BrokenPacking('it ends too early');
  const footer = await readExactly(handle, end - EDGE_BYTES, EDGE_BYTES);
  if (footer.toString('latin1', 10) !== 'YZ') throw new BrokenPacking('its end is missing');
  const indexBytes = (footer.readUInt32LE(4) + 1) * 4;
  const indexFrom = end - EDGE_BYTES - indexBytes;
  if (indexBytes > MAX_INDEX_BYTES || indexFrom < EDGE_BYTES) throw new BrokenPacking('its index makes no sense');
  const sums = sumIndex(await readExactly(handle, indexFrom, indexBytes));
  const from = indexFrom - sums.packedBytes - EDGE_BYTES;
  if (from < 0) throw new BrokenPacking('its index makes no sense');
  return { from, to: end, unpackedBytes: sums.unpackedBytes };
}

/** Adds up the records of an index. Pure. */
export function sumIndex(index: Buffer): { packedBytes: number; unpackedBytes: number } {
  const reader = { index, at: 1 };
  if (index[0] !== 0) throw new BrokenPacking('its index makes no sense');
  let packedBytes = 0;
  let unpackedBytes = 0;
  for (let records = readNumber(reader); records > 0; records--) {
    packedBytes += Math.ceil(readNumber(reader) / 4) * 4;
    unpackedBytes += readNumber(reader);
    if (!Number.isSafeInteger(packedBytes) || !Number.isSafeInteger(unpackedBytes))
      throw new BrokenPacking('its index makes no sense');
  }
  return { packedBytes, unpackedBytes };
}

/** Seven bits in each byte, the lowest first; the eighth says that more follow. */
function readNumber(reader: { index: Buffer; at: number }): number {
  let value = 0;
  for (let factor = 1; factor < 2 ** 63; factor *= 128) {
    const byte = reader.index[reader.at++];
    if (byte === undefined) break;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return value;
  }
  throw new BrokenPacking('its index makes no sense');
}

/** The end without the zeros, four at a time, that may follow a stream. */
async function withoutPadding(handle: FileHandle, end: number): Promise<number> {
  let at = end;
  while (at >= 4 && (await readExactly(handle, at - 4, 4)).readUInt32LE() === 0) at -= 4;
  return at;
}
