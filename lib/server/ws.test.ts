import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SerialHub } from '../core/serial-hub';
import { AppError } from '../shared/errors';
import { CLOSE } from '../shared/events';
import { browse, ORIGIN, session, startSockets, type TestServer, type World } from './testing/sockets';

let server: TestServer;
const start = async (world?: World) => (server = await startSockets(world));
afterEach(() => server.close());

const serialWorld = (): World => {
  const hub = new SerialHub('e', () => {});
  return { serial: () => hub, connectVnc: () => Promise.reject(new AppError('wrong_state', 'v1 is stopped.')) };
};

const PATHS = { events: '/ws/events', serial: '/ws/serial?vm=v1', vnc: '/ws/vnc?vm=v1' } as const;
const ORIGINS = [
  ORIGIN,
  undefined,
  'null',
  '',
  'http://skep.test',
  'http://skep.test:7538',
  'https://skep.test:7537',
  'http://skep.test:7537.evil.example',
  'http://evil.example',
  'http://127.0.0.1:7537',
  'http://SKEP.test:7537/',
  'file://',
];

describe('the ticket matrix', () => {
  const outcome = async (path: string, ticket: string, origin: string | undefined) => {
    const browser = browse(server, path, { ticket, origin });
    await Promise.race([browser.opened, browser.closed]);
    const opened = browser.refusedWith === undefined;
    browser.ws.terminate();
    return opened;
  };

  it('opens exactly three of 12 origins × 3 kinds × 5 tickets', async () => {
    await start(serialWorld());
    const opened: string[] = [];
    for (const origin of ORIGINS) {
      for (const [kind, path] of Object.entries(PATHS) as [keyof typeof PATHS, string][]) {
        const vmId = kind === 'events' ? null : 'v1';
        const otherKind = kind === 'serial' ? 'vnc' : 'serial';
        const used = server.tickets.issue(session(), kind, vmId);
        server.tickets.redeem(used, kind, vmId);
        const tickets = {
          good: server.tickets.issue(session(), kind, vmId),
          used,
          unknown: 'forged',
          'of another kind': server.tickets.issue(session(), otherKind, vmId),
          'of another VM': server.tickets.issue(session(), kind, 'v2'),
        };
        for (const [name, ticket] of Object.entries(tickets)) {
          if (await outcome(path, ticket, origin)) opened.push(`${name} ${kind} from ${origin}`);
        }
      }
    }
    expect(opened).toEqual([`good events from ${ORIGIN}`, `good serial from ${ORIGIN}`, `good vnc from ${ORIGIN}`]);
  });

  it('opens nothing twice with one ticket', async () => {
    await start(serialWorld());
    const ticket = server.tickets.issue(session(), 'serial', 'v1');
    const first = browse(server, PATHS.serial, { ticket });
    const second = browse(server, PATHS.serial, { ticket });
    await Promise.all([first.opened, second.closed]);
    expect(second.refusedWith).toBe(401);
  });
});

describe('upgrades', () => {
  const refusal = async (path: string, options: Parameters<typeof browse>[2] = { ticket: 'x' }) => {
    const browser = browse(server, path, options);
    await browser.closed;
    return browser.refusedWith;
  };

  it.each([
    ['/', 404],
    ['/ws', 404],
    ['/ws/other', 404],
    ['/api/v1/vms', 404],
    ['/ws/serial', 400],
    ['/ws/vnc', 400],
    ['/ws/serial?vm=v1&epoch=e&from=-1', 400],
    ['/ws/serial?vm=v1&epoch=e&from=abc', 400],
  ])('refuses %s', async (path, status) => {
    await start();
    expect(await refusal(path)).toBe(status);
  });

  it('leaves other paths to the development server, only from our own pages', async () => {
    await start({ dev: true });
    server.httpServer.on('upgrade', (req, socket) => {
      if (req.url === '/_next/hmr' && !socket.destroyed && req.headers.origin === ORIGIN)
        socket.end('HTTP/1.1 418 Teapot\r\nConnection: close\r\n\r\n');
    });
    expect(await refusal('/_next/hmr')).toBe(418);
    expect(await refusal('/_next/hmr', { ticket: 'x', origin: 'http://evil.example' })).toBe(403);
  });

  it('survives a peer that resets in the middle', async () => {
    await start();
    const port = Number(new URL(server.url).port);
    const raw = connect(port, '127.0.0.1');
    raw.on('error', () => {});
    const upgraded = once(server.httpServer, 'upgrade');
    raw.write(
      `GET /ws/other HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nOrigin: ${ORIGIN}\r\n\r\n`,
    );
    await upgraded;
    raw.resetAndDestroy();
    expect(await refusal('/ws/other')).toBe(404);
  });
});

describe('sign-out', () => {
  it('closes all of a session within a second, and nobody else', async () => {
    await start(serialWorld());
    const mine = [PATHS.events, PATHS.serial, PATHS.serial].map((path) => browse(server, path));
    const other = browse(server, PATHS.events, { session: session('ann', 'another-device') });
    await Promise.all([...mine, other].map((b) => b.opened));
    // A browser that does not even read: its socket must be gone all the same.
    mine[2]?.ws.pause();
    const before = Date.now();
    server.endSession({ sessionId: 's-ann', userId: 'ann' });
    await Promise.all(mine.slice(0, 2).map((b) => b.closed));
    expect(mine.slice(0, 2).map((b) => b.closeCode)).toEqual([CLOSE.signedOut, CLOSE.signedOut]);
    expect(Date.now() - before).toBeLessThan(1000);
    expect(other.ws.readyState).toBe(other.ws.OPEN);
    mine[2]?.ws.resume();
    await mine[2]?.closed;
  });

  it('closes every session of a user when no session is named', async () => {
    await start();
    const both = ['one', 'two'].map((id) => browse(server, PATHS.events, { session: session('ann', id) }));
    await Promise.all(both.map((b) => b.opened));
    server.endSession({ userId: 'ann' });
    await Promise.all(both.map((b) => b.closed));
    expect(both.map((b) => b.closeCode)).toEqual([CLOSE.signedOut, CLOSE.signedOut]);
  });

  it('lets the sockets of a renewed session come back: their browser is not signed out', async () => {
    await start();
    const socket = browse(server, PATHS.events);
    await socket.opened;
    server.endSession({ sessionId: 's-ann', userId: 'ann', isRenewed: true });
    await socket.closed;
    expect(socket.closeCode).toBe(1012);
  });
});

describe('limits', () => {
  const limits = { perSession: 2, total: 3, pingMs: 60_000, silenceMs: 60_000 };

  it('holds at most so many sockets of a session, and in all', async () => {
    await start({ limits });
    const open = async (userId: string) => {
      const browser = browse(server, PATHS.events, { session: session(userId) });
      await browser.opened;
      return browser;
    };
    await open('ann');
    await open('ann');
    const third = await open('ann');
    await vi.waitFor(() => expect(third.closeCode).toBe(CLOSE.tooMany));
    const bobs = await open('bob');
    const eves = await open('eve');
    await vi.waitFor(() => expect(eves.closeCode).toBe(CLOSE.tooMany));
    bobs.ws.close();
    await bobs.closed;
    await vi.waitFor(() => expect(server.liveListeners.size).toBe(2));
    const later = await open('eve');
    await vi.waitFor(() => expect(server.liveListeners.size).toBe(3));
    expect(later.closeCode).toBeUndefined();
  });

  it('cuts a socket that shows no sign of life', async () => {
    await start({ limits: { ...limits, pingMs: 20, silenceMs: 100 } });
    const dead = browse(server, PATHS.events);
    const alive = browse(server, PATHS.events);
    await Promise.all([dead.opened, alive.opened]);
    dead.ws.pause();
    await vi.waitFor(() => expect(server.liveListeners.size).toBe(1));
    expect(alive.ws.readyState).toBe(alive.ws.OPEN);
  });

  it('ends a socket that sends more than 64 KiB in one message', async () => {
    await start(serialWorld());
    const browser = browse(server, PATHS.serial);
    await browser.opened;
    browser.ws.send(Buffer.alloc(64 * 1024 + 1));
    await browser.closed;
    expect(browser.closeCode).toBe(1009);
  });

  it('stays up under a flood of tiny fragments', async () => {
    await start(serialWorld());
    const hostile = browse(server, PATHS.serial);
    const friendly = browse(server, PATHS.events);
    await Promise.all([hostile.opened, friendly.opened]);
    for (let i = 0; i < 20_000; i++) hostile.ws.send('', { fin: false, binary: true });
    server.publish({ type: 'alive' });
    await vi.waitFor(() => expect(friendly.texts.length).toBeGreaterThan(0));
    hostile.ws.terminate();
  });
});

describe('consoles that cannot be opened', () => {
  it.each([
    ['not_found', CLOSE.notFound],
    ['wrong_state', CLOSE.vmStopped],
    ['busy', CLOSE.busy],
    ['qemu_unreachable', 1013],
  ] as const)('close with a code that says why: %s', async (code, expected) => {
    const fail = () => {
      throw new AppError(code, 'A sentence “with quotes” that is long enough to be cut off. '.repeat(4));
    };
    await start({ serial: fail, connectVnc: fail });
    const browsers = [browse(server, PATHS.serial), browse(server, PATHS.vnc)];
    await Promise.all(browsers.map((b) => b.closed));
    expect(browsers.map((b) => b.closeCode)).toEqual([expected, expected]);
  });
});
