import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../shared/errors';
import { createLibraryDownload } from './library-download';
import { startGate } from './testing/gate-server';

let folder: string;
let asked: string[];
let running: Awaited<ReturnType<typeof startGate>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'skep-down-'));
  asked = [];
  writeFileSync(join(folder, 'a.svg'), '0123456789');
  const openFile = async (ref: string) => {
    asked.push(ref);
    if (ref !== 'usb/ä (1).svg') throw new AppError('not_found', `“${ref}” is not in the library.`);
    return { handle: await open(join(folder, 'a.svg')), sizeBytes: 10, name: 'ä (1).svg' };
  };
  running = await startGate({ download: createLibraryDownload({ openFile }) });
});
afterEach(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});

const PATH = '/library/usb/%C3%A4%20(1).svg';
const get = (headers: Record<string, string> = {}, path = PATH) => running.ask(path, { signedIn: true, headers });

it('is a file to keep, whatever it holds', async () => {
  const answer = await get();
  expect([answer.status, answer.text]).toEqual([200, '0123456789']);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': "attachment; filename*=UTF-8''%C3%A4%20%281%29.svg",
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-length': '10',
  });
});

it.each([
  ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
  ['bytes=7-', 206, '789', 'bytes 7-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=8-100', 206, '89', 'bytes 8-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=0-1,3-4', 200, '0123456789', undefined],
  ['lines=1-2', 200, '0123456789', undefined],
])('answers Range: %s', async (range, status, text, contentRange) => {
  const answer = await get({ range });
  expect([answer.status, answer.text, answer.headers['content-range']]).toEqual([status, text, contentRange]);
});

it('sends the whole of another version', async () => {
  expect((await get({ range: 'bytes=2-4', 'if-range': '"older"' })).status).toBe(200);
  const { etag } = (await get()).headers;
  expect((await get({ range: 'bytes=2-4', 'if-range': etag ?? '' })).status).toBe(206);
});

it.each(['/library/none.iso', '/library/%2e%2e/x', '/library/a%2Fb%2Fc', '/library/%00', '/library/%zz'])(
  'has no %s',
  async (path) => {
    const answer = await get({}, path);
    expect([400, 404]).toContain(answer.status);
    expect(asked.every((ref) => !ref.includes('..'))).toBe(true);
  },
);

it('asks who is there first', async () => {
  const answer = await running.ask(PATH, {});
  expect([answer.status, asked]).toEqual([303, []]);
});
