import { once } from 'node:events';
import fs from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../shared/errors';
import { openLocalSocket, type LocalSocket, type LocalSocketOptions } from './local-socket';

let dir: string;
let file: string;
let socket: LocalSocket | undefined;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'skep-sock-'));
  file = path.join(dir, 'skep.sock');
});
afterEach(() => {
  socket?.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

const open = (verbs: LocalSocketOptions['verbs']) =>
  openLocalSocket(file, { verbs, api: async (req, res) => void res.end(JSON.stringify(req.url)) });

async function ask(method: string, target: string) {
  const req = request({ socketPath: file, method, path: target }).end();
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of res) text += String(chunk);
  return [res.statusCode, JSON.parse(text)];
}

describe('the local socket', () => {
  it('answers what it knows, to its owner only, also after a killed server', async () => {
    fs.writeFileSync(file, 'left behind');
    socket = await open({ 'POST /link': async () => ({ url: 'http://x' }) });
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(await ask('POST', '/link')).toEqual([200, { url: 'http://x' }]);
    for (const [method, target] of [
      ['GET', '/link'],
      ['POST', '/'],
      ['POST', '/constructor'],
    ] as const)
      expect(await ask(method, target)).toMatchObject([404, { error: { code: 'not_found' } }]);
  });

  it('has the REST interface', async () => {
    socket = await open({});
    expect(await ask('GET', '/api/v1/vms?q=x')).toEqual([200, '/api/v1/vms?q=x']);
  });

  it('says why something failed', async () => {
    socket = await open({ 'POST /link': () => Promise.reject(new AppError('busy', 'Not now.')) });
    expect(await ask('POST', '/link')).toEqual([409, { error: { code: 'busy', message: 'Not now.' } }]);
  });

  it('is gone when it is closed', async () => {
    (await open({})).close();
    expect(fs.existsSync(file)).toBe(false);
  });
});
