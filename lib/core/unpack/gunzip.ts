/** gzip (RFC 1952), of several members too. */
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readRange, type PackedSource } from './packed-source';

const OUT_BYTES = 256 * 1024;

/** The unpacked bytes, checked by gzip's own checksum. @throws zlib's error when it is broken or cut off */
export async function* gunzip(source: PackedSource): AsyncGenerator<Buffer> {
  const packed = Readable.from(readRange(source, 0, source.sizeBytes));
  const gunzipped = createGunzip({ chunkSize: OUT_BYTES });
  packed.on('error', (error) => gunzipped.destroy(error));
  try {
    yield* packed.pipe(gunzipped) as AsyncIterable<Buffer>;
  } finally {
    packed.destroy();
    gunzipped.destroy();
  }
}
