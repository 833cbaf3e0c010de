/** Uploads over HTTP on a real core: what a browser on a bad line sends, and what somebody else sends. */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningVmm } from '../core/create-vmm';
import { TestHome } from '../core/testing/kit';
import type { UploadView } from '../shared/upload';
import { startGate, type Ask } from './testing/gate-server';
import { createUploads } from './uploads';

const KIB = 1024;
const BLOCK = 256 * KIB;
const FILES = '/upload/files';
const TUS = { 'tus-resumable': '1.0.0' };
const sha256 = (bytes: Uint8Array, form: 'hex' | 'base64' = 'base64') =>
  createHash('sha256').update(bytes).digest(form);

let home: TestHome;
let core: RunningVmm;
let gate: Awaited<ReturnType<typeof startGate>>;
beforeEach(async () => {
  home = new TestHome();
  await open();
});
afterEach(async () => {
  await gate.close();
  await home.destroy();
});

/** Starts Skep's core and its door; a session is whatever name the cookie has. */
async function open() {
  core = await home.open();
  gate = await startGate({
    upload: createUploads(core.uploads),
    session: async (headers) => {
      const userId = /user=(\w+)/.exec(headers.get('cookie') ?? '')?.[1];
      return userId ? { sessionId: userId, userId, name: userId } : null;
    },
  });
}

const as = (user: string, target: string, { headers, ...rest }: Ask) =>
  gate.ask(target, { ...rest, headers: { ...TUS, cookie: `user=${user}`, ...(headers as Record<string, string>) } });

async function create(name: string, sizeBytes: number, user = 'anna', modified = '5') {
  const words = { filename: name, modified };
  const metadata = Object.entries(words).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
  const headers = { 'upload-length': String(sizeBytes), 'upload-metadata': metadata.join(',') };
  const answer = await as(user, FILES, { method: 'POST', headers });
  return { ...answer, upload: JSON.parse(answer.text) as UploadView & { error?: { message: string } } };
}

function patch(id: string, offset: number, body: Buffer, more: Record<string, string> = {}, user = 'anna') {
  const headers = {
    'content-type': 'application/offset+octet-stream',
    'upload-offset': String(offset),
    'upload-checksum': `sha256 ${sha256(body)}`,
    ...more,
  };
  return as(user, `${FILES}/${id}`, { method: 'PATCH', body, headers });
}

const blocksOf = (bytes: Buffer) =>
  Array.from({ length: Math.ceil(bytes.length / BLOCK) }, (_, i) =>
    sha256(bytes.subarray(i * BLOCK, (i + 1) * BLOCK)),
  ).join(',');

const offsetOf = async (id: string, user = 'anna') =>
  (await as(user, `${FILES}/${id}`, { method: 'HEAD' })).headers['upload-offset'];

const inLibrary = () => readdirSync(core.home.library).sort();

/** Sends a part of a chunk, and cuts the line when the server has so much of it. */
async function sendAndCut(id: string, bytes: Buffer, sentBytes: number, keptBytes: number) {
  const req = request({
    port: gate.port,
    host: '127.0.0.1',
    method: 'PATCH',
    path: `${FILES}/${id}`,
    headers: {
      ...TUS,
      origin: `http://127.0.0.1:${gate.port}`,
      cookie: 'user=anna',
      'content-type': 'application/offset+octet-stream',
      'content-length': bytes.length,
      'upload-offset': 0,
      'skep-blocks': blocksOf(bytes),
      'skep-sender': 'tab-1',
    },
  });
  req.on('error', () => undefined);
  req.write(bytes.subarray(0, sentBytes));
  await expect
    .poll(() => core.uploads.get({ userId: 'anna', name: 'anna' }, id).offset, { timeout: 20_000 })
    .toBe(keptBytes);
  return req;
}

describe('an upload', () => {
  it('arrives in chunks, and is in the library with its hash', async () => {
    const bytes = randomBytes(BLOCK + 1000);
    const { status, headers, upload } = await create('my disk #1.img', bytes.length);
    expect([status, headers.location, headers['tus-resumable']]).toEqual([201, `${FILES}/${upload.id}`, '1.0.0']);
    const first = await patch(upload.id, 0, bytes.subarray(0, 500));
    expect([first.status, first.headers['upload-offset']]).toEqual([204, '500']);
    expect(await offsetOf(upload.id)).toBe('500');
    const rest = bytes.subarray(500);
    const last = await patch(upload.id, 500, rest, {
      'upload-checksum': '',
      'skep-blocks': blocksOf(rest),
      'skep-file-sha256': sha256(bytes, 'hex'),
    });
    expect([last.status, last.headers['upload-offset']]).toEqual([204, String(bytes.length)]);
    expect(await core.tasks.ended(upload.id)).toMatchObject({ status: 'done', actor: 'anna', doneBytes: bytes.length });
    expect(inLibrary()).toEqual(['my disk #1.img']);
    expect(readFileSync(join(core.home.library, 'my disk #1.img')).equals(bytes)).toBe(true);
    expect(statSync(join(core.home.library, 'my disk #1.img')).mode & 0o007).toBe(0);
    expect((await as('anna', `${FILES}/${upload.id}`, { method: 'HEAD' })).status).toBe(404);
  });

  it('has holes where zeros are only named', async () => {
    const end = randomBytes(4096);
    const whole = Buffer.concat([Buffer.alloc(48 * KIB * KIB), end]);
    const { upload } = await create('holes.img', whole.length);
    const zeros = { 'skep-zeros': String(whole.length - end.length), 'upload-checksum': '' };
    expect((await patch(upload.id, 0, Buffer.alloc(0), zeros)).status).toBe(204);
    await patch(upload.id, whole.length - end.length, end, { 'skep-file-sha256': sha256(whole, 'hex') });
    expect(await core.tasks.ended(upload.id)).toMatchObject({ status: 'done', error: null });
    const path = join(core.home.library, 'holes.img');
    expect(readFileSync(path).equals(whole)).toBe(true);
    expect(statSync(path).blocks * 512).toBeLessThan(KIB * KIB);
  });

  it('keeps the whole blocks of a chunk that was cut, and goes on behind them', async () => {
    const bytes = randomBytes(4 * BLOCK);
    const { upload } = await create('cut.img', bytes.length);
    const req = await sendAndCut(upload.id, bytes, 2.5 * BLOCK, 2 * BLOCK);
    req.destroy();
    await expect.poll(() => offsetOf(upload.id)).toBe(String(2 * BLOCK));
    const rest = bytes.subarray(2 * BLOCK);
    expect((await patch(upload.id, 2 * BLOCK, rest, { 'skep-sender': 'tab-2' })).status).toBe(204);
    expect((await core.tasks.ended(upload.id)).status).toBe('done');
    expect(readFileSync(join(core.home.library, 'cut.img')).equals(bytes)).toBe(true);
  });

  it('goes on after a restart of Skep where it was', async () => {
    const bytes = randomBytes(3 * BLOCK);
    const { upload } = await create('restart.img', bytes.length);
    await sendAndCut(upload.id, bytes, BLOCK + 7, BLOCK);
    await gate.close();
    await core.close();
    expect(inLibrary()).toEqual([`.skep-${upload.id}.part`]);
    await open();
    await expect.poll(() => core.uploads.list({ userId: 'anna', name: 'anna' })).toHaveLength(1);
    expect(await offsetOf(upload.id)).toBe(String(BLOCK));
    const whole = { 'skep-file-sha256': sha256(bytes, 'hex') };
    expect((await patch(upload.id, BLOCK, bytes.subarray(BLOCK), whole)).status).toBe(204);
    expect(await core.tasks.ended(upload.id)).toMatchObject({ status: 'done', error: null });
    expect(inLibrary()).toEqual(['restart.img']);
  });

  it('of the same file is found again, of another file of that name refused', async () => {
    const { upload } = await create('again.img', 1000);
    expect((await create('again.img', 1000)).upload.id).toBe(upload.id);
    expect((await create('again.img', 1000, 'anna', '6')).status).toBe(409);
    expect((await create('again.img', 1001)).status).toBe(409);
    const bens = await create('again.img', 1000, 'ben');
    expect([bens.status, bens.upload.error?.message]).toEqual([409, expect.stringContaining('uploaded by anna')]);
  });

  it('that is cancelled leaves nothing', async () => {
    const { upload } = await create('cancelled.img', 1000);
    await patch(upload.id, 0, randomBytes(400));
    expect((await as('anna', `${FILES}/${upload.id}`, { method: 'DELETE' })).status).toBe(204);
    expect([inLibrary(), core.tasks.get(upload.id).status]).toEqual([[], 'cancelled']);
    expect((await create('cancelled.img', 1000)).status).toBe(201);
  });

  it('with other bytes than its sender said fails, and leaves nothing', async () => {
    const { upload } = await create('changed.img', 1000);
    await patch(upload.id, 0, randomBytes(1000), { 'skep-file-sha256': 'ab'.repeat(32) });
    const ended = await core.tasks.ended(upload.id);
    expect([ended.status, ended.error?.message]).toEqual(['failed', expect.stringContaining('is not the file')]);
    expect(inLibrary()).toEqual([]);
  });
});

describe('refused are', () => {
  it.each([
    ['a wrong offset', 10, {}, 409],
    ['a wrong checksum', 0, { 'upload-checksum': `sha256 ${sha256(Buffer.from('x'))}` }, 460],
    ['a checksum of another kind', 0, { 'upload-checksum': 'md5 AAAA' }, 400],
    ['no checksum', 0, { 'upload-checksum': '' }, 400],
    ['too few blocks', 0, { 'upload-checksum': '', 'skep-blocks': '' }, 400],
    ['an offset that is none', 0, { 'upload-offset': '-1' }, 400],
    ['zeros beyond the end', 0, { 'skep-zeros': '1001' }, 400],
    ['another content type', 0, { 'content-type': 'text/plain' }, 415],
    ['another protocol', 0, { 'tus-resumable': '0.2.2' }, 412],
  ])('%s', async (_what, offset, headers: Record<string, string>, status) => {
    const { upload } = await create('refused.img', 1000);
    expect((await patch(upload.id, offset, randomBytes(500), headers)).status).toBe(status);
    expect(await offsetOf(upload.id)).toBe('0');
  });

  it('more bytes than agreed', async () => {
    const { upload } = await create('long.img', 100);
    expect((await patch(upload.id, 0, randomBytes(101))).status).toBe(400);
    expect(await offsetOf(upload.id)).toBe('0');
  });

  it('a second sender while the first sends', async () => {
    const bytes = randomBytes(2 * BLOCK);
    const { upload } = await create('two.img', bytes.length);
    const req = await sendAndCut(upload.id, bytes, BLOCK + 1, BLOCK);
    const other = await patch(upload.id, BLOCK, bytes.subarray(BLOCK), { 'skep-sender': 'tab-2' });
    expect([other.status, other.text]).toEqual([409, expect.stringContaining('another tab')]);
    // The same one that comes again takes the place of its old line, which may hang.
    const again = await patch(upload.id, BLOCK, bytes.subarray(BLOCK), { 'skep-sender': 'tab-1' });
    expect(again.status).toBe(204);
    expect((await core.tasks.ended(upload.id)).status).toBe('done');
    req.destroy();
  });

  it.each(['HEAD', 'PATCH', 'DELETE'])('%s of another user: for him it does not exist', async (method) => {
    const { upload } = await create('annas.img', 1000);
    const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0', 'skep-zeros': '1000' };
    expect((await as('ben', `${FILES}/${upload.id}`, { method, headers })).status).toBe(404);
    expect(JSON.parse((await as('ben', FILES, {})).text)).toEqual([]);
    expect(await offsetOf(upload.id)).toBe('0');
  });

  it('a file for which there is no room, before its first byte', async () => {
    const { status, upload } = await create('huge.img', 2 ** 52);
    expect([status, upload.error]).toEqual([507, expect.objectContaining({ code: 'no_space' })]);
    expect([inLibrary(), core.tasks.list()]).toEqual([[], []]);
  });

  it.each(['', '.', '..', '.hidden', '../a.iso', 'a/b.iso', '/etc/passwd', 'a\nb.iso', 'a\0.iso', 'x'.repeat(256)])(
    'the name %j',
    async (name) => {
      expect((await create(name, 10)).status).toBe(400);
      expect([inLibrary(), core.tasks.list()]).toEqual([[], []]);
    },
  );

  it.each([
    ['an empty file', '0'],
    ['a length that is none', 'many'],
  ])('%s', async (_what, length) => {
    const metadata = `filename ${Buffer.from('a.img').toString('base64')}`;
    const headers = { 'upload-length': length, 'upload-metadata': metadata };
    expect((await as('anna', FILES, { method: 'POST', headers })).status).toBe(400);
  });

  it('a name that is taken, and whoever is not signed in', async () => {
    await home.addImage(core, 'taken.img', 'eb fe');
    expect((await create('taken.img', 10)).status).toBe(409);
    expect((await gate.ask(FILES, { method: 'POST', headers: TUS })).status).toBe(401);
    expect((await as('anna', FILES, { method: 'POST', headers: { origin: 'http://evil.example' } })).status).toBe(403);
  });
});
