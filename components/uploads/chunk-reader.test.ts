import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { ChunkReader, type Chunk } from './chunk-reader';

const MIB = 1024 ** 2;
const BLOCK = 256 * 1024;
const sha = (bytes: Uint8Array, form: 'hex' | 'base64' = 'hex') => createHash('sha256').update(bytes).digest(form);

async function readAll(bytes: Uint8Array<ArrayBuffer>): Promise<Chunk[]> {
  const reader = new ChunkReader(new Blob([bytes]), () => undefined);
  const chunks: Chunk[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const chunk = await reader.chunk(offset);
    chunks.push(chunk);
    offset += chunk.sizeBytes;
  }
  return chunks;
}

it('cuts a file into chunks, with a hash for each block and one for the whole', async () => {
  const bytes = new Uint8Array(randomBytes(9 * MIB + 5));
  const [first, last, ...more] = await readAll(bytes);
  expect(more).toEqual([]);
  expect(first).toMatchObject({ offset: 0, sizeBytes: 8 * MIB, wholeSha256: null });
  expect(first?.blocks).toHaveLength(32);
  expect(first?.blocks?.[1]).toBe(sha(bytes.subarray(BLOCK, 2 * BLOCK), 'base64'));
  expect(last).toMatchObject({ offset: 8 * MIB, sizeBytes: MIB + 5, wholeSha256: sha(bytes) });
  expect(last?.blocks?.at(-1)).toBe(sha(bytes.subarray(9 * MIB), 'base64'));
});

it('names long runs of zeros, and sends short ones', async () => {
  const bytes = new Uint8Array(20 * MIB);
  bytes.set(randomBytes(BLOCK), 0);
  // Two blocks of zeros, then data: too short to be worth a request.
  bytes.set(randomBytes(BLOCK), 3 * BLOCK);
  bytes[19 * MIB] = 1;
  const chunks = await readAll(bytes);
  expect(chunks.map(({ sizeBytes, blocks }) => [sizeBytes / BLOCK, blocks !== null])).toEqual([
    [4, true],
    [64, false],
    [8, false],
    [1, true],
    [3, false],
  ]);
  expect(chunks.at(-1)?.wholeSha256).toBe(sha(bytes));
});

it('takes a chunk again from the middle, and begins late after a reload', async () => {
  const bytes = new Uint8Array(randomBytes(9 * MIB));
  const reader = new ChunkReader(new Blob([bytes]), () => undefined);
  await reader.chunk(0);
  expect(await reader.chunk(3 * MIB + 7)).toMatchObject({ sizeBytes: 6 * MIB - 7, wholeSha256: sha(bytes) });

  const told: number[] = [];
  const late = new ChunkReader(new Blob([bytes]), (hashed) => told.push(hashed));
  expect(await late.chunk(8.5 * MIB)).toMatchObject({ sizeBytes: MIB / 2, wholeSha256: sha(bytes) });
  expect(told).toEqual([8 * MIB, 8.5 * MIB]);
  expect(await late.wholeSha256()).toBe(sha(bytes));
});
