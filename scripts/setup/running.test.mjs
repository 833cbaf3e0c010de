import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, describe, it } from 'vitest';
import { answers, socketPath } from './running.mjs';

describe('socketPath', () => {
  it.each([
    [{}, true, '/var/lib/skep/skep.sock'],
    [{}, false, '/home/anna/.local/share/skep/skep.sock'],
    [{ XDG_DATA_HOME: '/data' }, false, '/data/skep/skep.sock'],
    [{ XDG_DATA_HOME: 'relative' }, false, '/home/anna/.local/share/skep/skep.sock'],
    [{ SKEP_HOME: '/srv/skep', XDG_DATA_HOME: '/data' }, true, '/srv/skep/skep.sock'],
  ])('of %j, root: %s', (env, isRoot, path) => expect(socketPath(env, isRoot, '/home/anna')).toBe(path));
});

describe('answers', () => {
  it('tells a listener from nothing and from a file that was left behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'skep-running-'));
    const path = join(folder, 'skep.sock');
    expect(await answers(path)).toBe(false);
    const server = createServer().listen(path);
    await once(server, 'listening');
    expect(await answers(path)).toBe(true);
    server.close();
    await once(server, 'close');
    writeFileSync(path, '');
    expect(await answers(path)).toBe(false);
    rmSync(folder, { recursive: true });
  });
});
