/** xz: one or more streams, one after the other. The decoder knows one stream only, so each gets its own. */
import { createRequire } from 'node:module';
import { ReadableStream } from 'node:stream/web';
import { BrokenPacking, readRange, type PackedSource } from './packed-source';
import { readXzStreams, type XzStream } from './xz-index';

// The package is CommonJS of a form in which Node finds no names to import.
const { XzReadableStream } = createRequire(import.meta.url)('xz-decompress') as typeof import('xz-decompress');

/** How much an .xz file says that it holds. @throws BrokenPacking */
export async function xzUnpackedBytes({ handle, sizeBytes }: PackedSource): Promise<number> {
  return (await readXzStreams(handle, sizeBytes)).reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
}

/** The unpacked bytes. Its memory is bounded: dictionaries above 64 MiB are refused. @throws BrokenPacking */
export async function* unxz(source: PackedSource): AsyncGenerator<Buffer> {
  for (const stream of await readXzStreams(source.handle, source.sizeBytes)) yield* unxzStream(source, stream);
}

async function* unxzStream(source: PackedSource, { from, to }: XzStream): AsyncGenerator<Buffer> {
  const packed = ReadableStream.from(readRange(source, from, to));
  const reader = new XzReadableStream(packed as unknown as globalThis.ReadableStream<Uint8Array>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw new BrokenPacking('its xz data is broken, or needs more than 64 MiB of memory', { cause: error });
      });
      if (done) return;
      if (value.length > 0) yield Buffer.from(value.buffer, value.byteOffset, value.length);
    }
  } finally {
    // The decoder is shared, and waits for the end of this one.
    await reader.cancel().catch(() => undefined);
  }
}
