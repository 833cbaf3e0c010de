import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from './body-limit';
import { startGate } from './testing/gate-server';

let running: Awaited<ReturnType<typeof startGate>> | undefined;
const start = async (options?: Parameters<typeof startGate>[0]) => (running = await startGate(options));
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** Bytes as they are, and all that comes back. */
async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

describe('the gate', () => {
  it('puts the security headers on every answer, errors included (T-51)', async () => {
    const { ask } = await start();
    const answers = [
      await ask('/vms', { signedIn: true }),
      await ask('/vms'),
      await ask('/api/v1/vms'),
      await ask('/vms', { headers: { host: 'evil.example' } }),
      await ask('/_next/image?url=x'),
      await ask('/vms', { method: 'POST', headers: { origin: 'null' }, signedIn: true }),
      await ask('/_next/static/a.js'),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([200, 303, 401, 421, 404, 403, 200]);
    for (const { headers } of answers) {
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['permissions-policy']).toContain('fullscreen=(self)');
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
    expect(answers.map((answer) => answer.headers['cache-control'])).toEqual([...Array(6).fill('no-store'), undefined]);
  });

  it('gives Next a nonce of its own for each request, and the page the same', async () => {
    const { ask, host } = await start();
    const answers = [await ask('/vms', { signedIn: true }), await ask('/vms', { signedIn: true })];
    const nonces = answers.map((answer) => {
      const policy = String(answer.headers['content-security-policy']);
      expect(answer.seen().headers['content-security-policy']).toBe(policy);
      expect(policy).toContain(`connect-src 'self' ws://${host} wss://${host}`);
      expect(policy).not.toContain('unsafe-eval');
      return /script-src 'self' 'nonce-([A-Za-z0-9+/=]{24})' 'strict-dynamic';/.exec(policy)?.[1];
    });
    expect(nonces[0]).toBeDefined();
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('lets nobody pose as a proxy or as Next (T-40, T-44)', async () => {
    const { ask } = await start();
    const lies = {
      'x-forwarded-for': '1.2.3.4',
      'X-Forwarded-Host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'for=1.2.3.4',
      'x-real-ip': '1.2.3.4',
      'x-middleware-subrequest': 'middleware:middleware',
      'x-nextjs-data': '1',
      'x-invoke-path': '/vms',
      'x-skep-client-address': '1.2.3.4',
      'content-security-policy': "script-src 'nonce-mine'",
      'content-security-policy-report-only': "script-src 'nonce-mine'",
    };
    expect((await ask('/vms', { headers: lies })).status).toBe(303);
    const { headers, rawHeaders } = (
      await ask('/vms', { headers: { ...lies, 'x-own': 'kept' }, signedIn: true })
    ).seen();
    expect(headers['x-skep-client-address']).toBe('127.0.0.1');
    expect(headers['x-own']).toBe('kept');
    expect(JSON.stringify([headers, rawHeaders])).not.toMatch(/1\.2\.3\.4|evil\.example|nonce-mine|subrequest|invoke/);
  });

  it('sends pages to the sign-in page and back, and tells programs to sign in', async () => {
    const { ask } = await start();
    expect((await ask('/vms/web-1?tab=a&b')).headers.location).toBe('/login?next=%2Fvms%2Fweb-1%3Ftab%3Da%26b');
    expect((await ask('/')).headers.location).toBe('/login');
    for (const [method, target] of [
      ['GET', '/api/v1/vms'],
      ['POST', '/vms'],
      ['POST', '/login'],
      ['PUT', '/upload/library/a.iso'],
    ] as const) {
      const answer = await ask(target, { method });
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        401,
        { error: { code: 'unauthorized', message: 'Sign in first.' } },
      ]);
    }
    expect((await ask('/login')).status).toBe(200);
    expect((await ask('/vms', { headers: { cookie: 'skep.session_token=bad' } })).status).toBe(303);
  });

  it('lets a browser that followed a link from elsewhere ask again, with its cookie', async () => {
    const { ask } = await start();
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const answer = await ask('/vms', { headers });
    expect([answer.status, answer.text.includes('http-equiv="refresh"')]).toEqual([200, true]);
    expect((await ask('/vms', { headers: { ...headers, cookie: 'skep.session_token=bad' } })).status).toBe(303);
  });

  it('takes bodies up to 256 KiB that say how long they are (T-54)', async () => {
    const { ask } = await start();
    const post = (body: Buffer, headers = {}) => ask('/vms', { method: 'POST', body, headers, signedIn: true });
    expect((await post(Buffer.alloc(MAX_BODY_BYTES))).seen().bodyBytes).toBe(MAX_BODY_BYTES);
    expect((await post(Buffer.alloc(MAX_BODY_BYTES + 1))).status).toBe(413);
    expect((await post(Buffer.alloc(9), { 'transfer-encoding': 'chunked' })).status).toBe(411);
    const upload = { method: 'PUT', body: Buffer.alloc(MAX_BODY_BYTES + 1), signedIn: true };
    expect((await ask('/upload/library/a.iso', upload)).text).toBe('uploaded');
  });

  it('cuts off a body that does not arrive', async () => {
    const { port, host } = await start({ bodyTimeoutMs: 50 });
    const head = `POST /vms HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\nCookie: skep.session_token=good\r\n`;
    expect(await sendRaw(port, `${head}Content-Length: 10\r\n\r\nhalf`)).not.toContain('200 OK');
  });

  it('answers what is no HTTP, or too much of it, with the same headers', async () => {
    const { port, host } = await start();
    const nonsense = await sendRaw(port, 'hello\r\n\r\n');
    expect(nonsense).toMatch(/^HTTP\/1\.1 400 /);
    expect(nonsense).toContain('X-Frame-Options: DENY');
    const long = await sendRaw(port, `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Long: ${'x'.repeat(17 * 1024)}\r\n\r\n`);
    expect(long).toMatch(/^HTTP\/1\.1 431 /);
    const absolute = await sendRaw(
      port,
      `GET http://${host}/login HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    );
    expect(absolute).toMatch(/^HTTP\/1\.1 400 /);
    const twoHosts = await sendRaw(
      port,
      `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    );
    expect(twoHosts).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('answers at once while somebody holds silent connections open', async () => {
    const { port, ask } = await start({ limits: { perAddress: 1000, silentPerAddress: 8 } });
    const slow: Socket[] = [];
    const closed: Promise<unknown>[] = [];
    for (let i = 0; i < 100; i++) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write('GET / HTTP/1.1\r\nX-Slow: ');
      slow.push(socket);
      closed.push(once(socket, 'close'));
    }
    await Promise.all(closed.slice(0, 92));
    expect((await ask('/login')).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });

  it('refuses more connections of one address than the limit', async () => {
    const { port, ask } = await start({ limits: { perAddress: 3, silentPerAddress: 3 } });
    const open = [1, 2, 3].map(() => connect(port, '127.0.0.1'));
    await Promise.all(open.map((socket) => once(socket, 'connect')));
    await expect(ask('/login')).rejects.toThrow(/socket hang up|ECONNRESET/);
    open[0]?.destroy();
    await expect
      .poll(() =>
        ask('/login').then(
          (answer) => answer.status,
          () => 0,
        ),
      )
      .toBe(200);
    for (const socket of open) socket.destroy();
  });

  it('says nothing about what broke inside', async () => {
    const { ask } = await start({ pages: () => Promise.reject(new Error('secret detail')) });
    const answer = await ask('/vms', { signedIn: true });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('secret');
  });
});

describe('checkUpgrade', () => {
  it('wants the exact Host and Origin', async () => {
    const { gate, host } = await start();
    const check = (...rawHeaders: string[]) =>
      gate.checkUpgrade({ method: 'GET', url: '/ws/events', rawHeaders } as Parameters<typeof gate.checkUpgrade>[0]);
    expect(check('Host', host, 'Origin', `http://${host}`)).toEqual({ ok: true });
    expect(check('Host', host)).toEqual({ ok: false, status: 403 });
    expect(check('Host', 'evil.example', 'Origin', 'http://evil.example')).toEqual({ ok: false, status: 421 });
  });
});
