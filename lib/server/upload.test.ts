import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { LibraryService } from '../core/types';
import { AppError } from '../shared/errors';
import { startGate } from './testing/gate-server';
import { createUpload } from './upload';

type Store = LibraryService['store'];
const ISO = {
  name: 'a.iso',
  sizeBytes: 3,
  modifiedAt: '',
  kind: 'iso',
  label: null,
  virtualBytes: null,
  refusal: null,
};

let running: Awaited<ReturnType<typeof startGate>> | undefined;
const start = async (store: Store) => (running = await startGate({ upload: createUpload({ store }) }));
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function readAll(body: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('uploads', () => {
  it('stream the bytes to the library under the name in the address', async () => {
    const calls: unknown[] = [];
    const { ask } = await start(async (actor, name, sizeBytes, body) => {
      calls.push([actor, name, sizeBytes, (await readAll(body)).length]);
      return ISO as Awaited<ReturnType<Store>>;
    });
    const size = 5 * 1024 * 1024;
    const answer = await ask('/upload/library/my%20disk%20%231.iso', {
      method: 'PUT',
      body: Buffer.alloc(size, 1),
      signedIn: true,
    });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([201, ISO]);
    expect(calls).toEqual([[{ userId: 'u1', name: 'admin' }, 'my disk #1.iso', size, size]]);
  });

  it.each([
    ['already_exists', 409],
    ['no_space', 507],
    ['invalid_input', 400],
  ] as const)('that the library refuses (%s) are answered while they still come', async (code, status) => {
    const { ask } = await start(async (_actor, _name, _size, body) => {
      (body as unknown as { destroy(): void }).destroy();
      throw new AppError(code, 'No.');
    });
    const answer = await ask('/upload/library/a.iso', {
      method: 'PUT',
      body: Buffer.alloc(20_000_000),
      signedIn: true,
    });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { error: { code, message: 'No.' } }]);
  });

  it.each([
    ['POST', '/upload/library/a.iso', 400],
    ['PUT', '/upload/elsewhere/a.iso', 404],
    ['PUT', '/upload/library/', 400],
    ['PUT', '/upload/library/.hidden', 400],
    ['PUT', '/upload/library/a%0Ab.iso', 400],
    ['PUT', '/upload/library/..%2Fa.iso', 400],
    ['PUT', '/upload/library/a/b.iso', 400],
  ])('%s %s is refused with %i', async (method, target, status) => {
    const { ask } = await start(() => Promise.reject(new Error('must not be called')));
    expect((await ask(target, { method, body: 'x', signedIn: true })).status).toBe(status);
  });

  it('without a session, or from another page, never reach the library', async () => {
    const { ask } = await start(() => Promise.reject(new Error('must not be called')));
    expect((await ask('/upload/library/a.iso', { method: 'PUT', body: 'x' })).status).toBe(401);
    const headers = { origin: 'http://evil.example' };
    expect((await ask('/upload/library/a.iso', { method: 'PUT', body: 'x', headers, signedIn: true })).status).toBe(
      403,
    );
  });

  it('that break off end the stream with an error, so that nothing is kept', async () => {
    let failed: (error: unknown) => void = () => undefined;
    const failure = new Promise((resolve) => (failed = resolve));
    let started: () => void = () => undefined;
    const start1 = new Promise<void>((resolve) => (started = resolve));
    const { port } = await start(async (_actor, _name, _size, body) => {
      body.once('data', started);
      await readAll(body).catch(failed);
      throw new AppError('invalid_input', 'Cut off.');
    });
    const req = request({
      port,
      host: '127.0.0.1',
      method: 'PUT',
      path: '/upload/library/a.iso',
      headers: { origin: `http://127.0.0.1:${port}`, cookie: 'skep.session_token=good', 'content-length': 1000 },
    });
    req.on('error', () => undefined);
    req.write('half');
    await start1;
    req.destroy();
    expect(await failure).toMatchObject({ message: 'The upload was cut off before its end.' });
  });
});
