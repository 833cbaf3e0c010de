import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors';
import { packedKindOf } from './packed-kind';
import { content, zipOf, zstdBomb } from './testing/packed';
import { unpackFile } from './unpack-file';
import { sumIndex } from './xz-index';

const here = (name: string) => join(import.meta.dirname, 'testdata', name);
const samples = JSON.parse(readFileSync(here('packed.json'), 'utf8')) as Record<string, string>;
const sample = (name: string) => Buffer.from(samples[name] ?? '', 'base64');
const zeros64 = () => Buffer.from(readFileSync(here('zeros-64-mib.xz.base64'), 'utf8'), 'base64');

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'skep-unpack-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Unpacks, and tells what was there afterwards. @param roomBytes what may be reserved */
async function unpack(packed: Buffer, more: { member?: string; roomBytes?: number; signal?: AbortSignal } = {}) {
  const from = join(folder, 'packed');
  const to = join(folder, 'unpacked');
  writeFileSync(from, packed);
  const handle = await open(from);
  const out = await open(to, 'w+');
  let grownBytes = 0;
  try {
    const result = await unpackFile({
      source: { handle, sizeBytes: packed.length, onRead: () => undefined },
      kind: packedKindOf(packed)!,
      member: more.member ?? null,
      name: 'packed',
      signal: more.signal ?? new AbortController().signal,
      incoming: {
        handle: out,
        wrote: () => undefined,
        grow: async (bytes) => {
          if (bytes > (more.roomBytes ?? Infinity)) throw new AppError('no_space', 'There is no room.');
          grownBytes = bytes;
        },
      },
    });
    return { ...result, grownBytes, data: readFileSync(to), blocks: statSync(to).blocks };
  } finally {
    await handle.close();
    await out.close();
  }
}

describe('unpacking', () => {
  const half = content().length / 2;
  const packed: [string, Buffer][] = [
    ['gz', gzipSync(content())],
    ['gz, two members', Buffer.concat([gzipSync(content().subarray(0, half)), gzipSync(content().subarray(half))])],
    ...Object.keys(samples).map((name): [string, Buffer] => [name, sample(name)]),
  ];

  it.each(packed)('%s', async (_, data) => {
    const { data: unpacked, sha256, blocks } = await unpack(data);
    expect(unpacked.equals(content())).toBe(true);
    expect(sha256).toBe(createHash('sha256').update(content()).digest('hex'));
    // What is zero is a hole.
    expect(blocks * 512).toBeLessThan(200_000);
  });

  it('one file of a zip', async () => {
    const zip = zipOf([
      { name: '../../etc/passwd', data: Buffer.from('no') },
      { name: 'a/b.img', data: content() },
    ]);
    expect((await unpack(zip, { member: 'a/b.img' })).data.equals(content())).toBe(true);
    expect((await unpack(zip, { member: '../../etc/passwd' })).data.toString()).toBe('no');
  });

  it('a hole at the end keeps the size', async () => {
    const { sizeBytes, data, blocks } = await unpack(zeros64());
    expect([sizeBytes, data.length, blocks]).toEqual([64 * 1024 ** 2, 64 * 1024 ** 2, 0]);
  });
});

describe('what is broken is refused', () => {
  const xz = sample('xz');
  const zst = sample('zst');
  const flipped = (data: Buffer, at: number) => {
    const copy = Buffer.from(data);
    copy[at] = (copy[at] ?? 0) ^ 0xff;
    return copy;
  };

  it.each<[string, Buffer, string]>([
    ['gz, cut off', gzipSync(content()).subarray(0, -9), 'ends too early'],
    ['gz, changed', flipped(gzipSync(content()), 500), 'broken'],
    ['xz, cut off', xz.subarray(0, -8), 'its end is missing'],
    ['xz, its start only', xz.subarray(0, 16), 'ends too early'],
    ['xz, changed', flipped(xz, 500), 'broken'],
    ['xz, with something behind it', Buffer.concat([xz, Buffer.from('more')]), 'its end is missing'],
    ['zst, cut off', zst.subarray(0, -9), 'ends too early'],
    ['zst, changed', flipped(zst, 10), 'broken'],
    ['zst, with something behind it', Buffer.concat([zst, Buffer.from('more')]), 'something else follows'],
    ['zst, with a window of 2 GiB', zstdBomb(1, 0xa8), 'more than 128 MiB'],
    ['zip, cut off', zipOf([{ name: 'a', data: content() }]).subarray(0, -30), 'broken'],
  ])('%s', async (_, data, words) => {
    await expect(unpack(data, { member: 'a' }).then(() => 'unpacked')).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(words),
    });
  });

  it.each([
    ['no such member', {}, 'not in it', 'b'],
    ['a wrong checksum', { crc32: 1 }, 'checksum', 'a'],
    ['more than it says', { sizeBytes: 10 }, 'broken', 'a'],
    ['less than it says', { sizeBytes: 999_999 }, 'broken', 'a'],
    ['encrypted', { flags: 1 }, 'encrypted', 'a'],
    ['a method of others', { method: 12 }, 'does not know', 'a'],
  ])('zip with %s', async (_, lies, words, member) => {
    const zip = zipOf([{ name: 'a', data: content(), lies }]);
    await expect(unpack(zip, { member })).rejects.toMatchObject({ message: expect.stringContaining(words) });
  });

  it('an index of xz whose sums are beyond all numbers', () => {
    const huge = Buffer.from([0, 1, 8, ...Array(8).fill(0xff), 0x7f]);
    expect(() => sumIndex(huge)).toThrow('makes no sense');
    expect(() => sumIndex(Buffer.from([0, 0xff, 0xff]))).toThrow('makes no sense');
  });
});

describe('bombs', () => {
  it('of 10 GiB in 320 KiB stop at 1 GiB, and take no room', async () => {
    const packed = zstdBomb(80 * 1024);
    await expect(unpack(packed)).rejects.toMatchObject({ message: expect.stringContaining('more than 1 GiB') });
    const { blocks, size } = statSync(join(folder, 'unpacked'));
    expect(blocks).toBe(0);
    expect(size).toBeLessThanOrEqual(1024 ** 3);
  });

  it('that say how large they are do not begin', async () => {
    // 10 GiB: the same stream 160 times.
    const packed = Buffer.concat(Array.from({ length: 160 }, zeros64));
    await expect(unpack(packed)).rejects.toMatchObject({ message: expect.stringContaining('would unpack') });
    expect(statSync(join(folder, 'unpacked')).size).toBe(0);
  });

  it('of gzip in several members stop too', async () => {
    const member = gzipSync(Buffer.alloc(64 * 1024 ** 2));
    const packed = Buffer.concat(Array.from({ length: 20 }, () => member));
    await expect(unpack(packed)).rejects.toMatchObject({ message: expect.stringContaining('more than 1 GiB') });
  });

  it('stop where the room ends', async () => {
    const noise = Buffer.alloc(1024, 'skep');
    await expect(unpack(gzipSync(noise), { roomBytes: 1024 })).rejects.toMatchObject({ code: 'no_space' });
  });

  it('stop when they are cancelled', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(unpack(gzipSync(content()), { signal })).rejects.toThrow('cancelled');
  });
});
