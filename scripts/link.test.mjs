import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askForLink, describeLink } from './link.mjs';

describe('askForLink', () => {
  let folder, server, answer;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'skep-link-'));
    server = createServer((request, response) => answer(request, response)).listen(join(folder, 'skep.sock'));
    await once(server, 'listening');
  });
  afterEach(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('posts to /link and answers what Skep answered', async () => {
    const link = { url: 'http://127.0.0.1:7537/welcome?token=x', expiresAt: '2026-01-01T00:10:00Z', kind: 'setup' };
    answer = ({ method, url }, response) => {
      response.statusCode = method === 'POST' && url === '/link' ? 200 : 404;
      response.end(JSON.stringify(link));
    };
    await expect(askForLink(join(folder, 'skep.sock'))).resolves.toEqual(link);
  });

  it('tells what Skep refused', async () => {
    answer = (_request, response) => response.writeHead(503).end('starting');
    await expect(askForLink(join(folder, 'skep.sock'))).rejects.toMatchObject({
      message: 'Skep refused to make a link (503).',
      details: 'starting',
    });
  });

  it('says in one sentence that Skep does not run', async () => {
    await expect(askForLink(join(folder, 'other.sock'))).rejects.toThrow('Skep is not running here');
  });
});

describe('describeLink', () => {
  it.each([
    ['sign-in', '2026-01-01T00:10:00Z', 'It signs you in, and works once, for 10 minutes.'],
    ['sign-in', '2026-01-01T00:01:00Z', 'It signs you in, and works once, for 1 minute.'],
    ['setup', null, 'It makes you the administrator, and works once.'],
  ])('%s until %s', (kind, expiresAt, sentence) => {
    const printed = describeLink({ url: 'http://x/', kind, expiresAt }, Date.parse('2026-01-01T00:00:00Z'));
    expect(printed.startsWith('http://x/\n')).toBe(true);
    expect(printed).toContain(sentence);
  });
});
