import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { browserUrl, listen, planListen } from './listen';
import { farewell, greeting } from './messages';

const plan = (env: Record<string, string>, hasAdministrator = true) =>
  planListen(env as unknown as NodeJS.ProcessEnv, hasAdministrator);

describe('planListen', () => {
  it.each([
    [{}, '127.0.0.1', 7537],
    [{ SKEP_HOST: 'localhost', SKEP_PORT: '80' }, '127.0.0.1', 80],
    [{ SKEP_HOST: '::1' }, '::1', 7537],
    [{ SKEP_HOST: '127.0.0.5' }, '127.0.0.5', 7537],
  ])('%j is %s, port %i, without a warning', (env, address, port) => {
    expect(plan(env)).toEqual({ address, port, warnings: [] });
  });

  it('listens to other machines only when there is an administrator, and warns (T-52)', () => {
    expect(plan({ SKEP_HOST: '0.0.0.0' })).toMatchObject({ address: '0.0.0.0' });
    expect(plan({ SKEP_HOST: '0.0.0.0' }).warnings[0]).toContain('without encryption');
    for (const host of ['0.0.0.0', '::', '192.168.1.2']) {
      const narrow = plan({ SKEP_HOST: host }, false);
      expect(narrow.address).toBe('127.0.0.1');
      expect(narrow.warnings[0]).toContain(`instead of ${host} until there is an administrator`);
    }
  });

  it.each([
    [{ SKEP_PORT: '70000' }, 'SKEP_PORT'],
    [{ SKEP_PORT: '80a' }, 'SKEP_PORT'],
    [{ SKEP_PORT: '-1' }, 'SKEP_PORT'],
    [{ SKEP_HOST: 'skep.lan' }, 'SKEP_HOST'],
  ])('says what is wrong with %j', (env, name) => expect(() => plan(env)).toThrow(name));
});

describe('listen', () => {
  it('says when the port is taken, or the address is not ours', async () => {
    const first = createServer();
    const port = await listen(first, { address: '127.0.0.1', port: 0 });
    expect(port).toBe((first.address() as AddressInfo).port);
    await expect(listen(createServer(), { address: '127.0.0.1', port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use by another program`,
    );
    await expect(listen(createServer(), { address: '192.0.2.1', port: 0 })).rejects.toThrow(
      'no address of this machine',
    );
    first.close();
  });
});

describe('browserUrl', () => {
  it.each([
    ['127.0.0.1', 7537, 'http://127.0.0.1:7537'],
    ['::1', 7537, 'http://[::1]:7537'],
    ['0.0.0.0', 7537, 'http://192.168.1.2:7537'],
    ['127.0.0.1', 80, 'http://127.0.0.1'],
  ])('%s and %i is %s', (address, port, url) => {
    expect(browserUrl(address, port, ['127.0.0.1', '::1', '192.168.1.2'])).toBe(url);
  });
});

describe('what is printed', () => {
  it('names the address, the link and what goes on', () => {
    const text = greeting({ url: 'http://u', link: { url: 'http://u/welcome?token=t', kind: 'setup' }, alive: 2 });
    expect(text).toContain('Skep runs at http://u\n');
    expect(text).toContain('makes you the administrator:\n  http://u/welcome?token=t\n');
    expect(text).toContain('Found 2 VMs running.');
    expect(farewell(0)).toContain('No VM was running');
    expect(farewell(1)).toContain('1 VM keeps running; npm start finds it again.');
    expect(farewell(3)).toContain('3 VMs keep running; npm start finds them again.');
  });
});
