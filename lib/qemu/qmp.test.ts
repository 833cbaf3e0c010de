import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { AppError } from '../shared/errors';
import { QmpClient } from './qmp';
import { changeMedium, QMP_COMMANDS, queryBlock, queryStatus } from './qmp-commands';
import type { QmpEvent } from './qmp-events';
import { event, FakeQmp, ok, reply, type Answer } from './testing/fake-qmp';

const RUNNING = { status: 'running', running: true, singlestep: false };
const running: Answer = ({ id }, socket) => socket.write(reply(id, RUNNING));

const open: (FakeQmp | QmpClient)[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

async function fakeQmp(answer?: Answer, greeting?: string | null): Promise<FakeQmp> {
  const fake = await FakeQmp.start(answer, greeting);
  open.push(fake);
  return fake;
}

async function connected(answer?: Answer): Promise<{ fake: FakeQmp; qmp: QmpClient }> {
  const fake = await fakeQmp(answer);
  const qmp = await QmpClient.connect(fake.path);
  open.unshift(qmp);
  return { fake, qmp };
}

/** Resolves with the reason for which the client gave up. */
async function closeReason(qmp: QmpClient): Promise<AppError> {
  const [reason] = (await once(qmp, 'close')) as [AppError];
  return reason;
}

describe('connecting', () => {
  it('negotiates before anything else', async () => {
    const { fake, qmp } = await connected(running);
    expect(await queryStatus(qmp)).toEqual({ status: 'running', running: true });
    expect(fake.requests.map((r) => r.execute)).toEqual(['qmp_capabilities', 'query-status']);
  });

  it('fails when nobody listens', async () => {
    await expect(QmpClient.connect('/tmp/no-such-socket')).rejects.toMatchObject({ code: 'qemu_unreachable' });
  });

  it('fails in time when no greeting comes', async () => {
    const fake = await fakeQmp(ok, null);
    await expect(QmpClient.connect(fake.path, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'qemu_unreachable' });
  });

  it('fails when the greeting is another protocol', async () => {
    const fake = await fakeQmp(ok, 'RFB 003.008');
    await expect(QmpClient.connect(fake.path)).rejects.toMatchObject({
      code: 'qemu_unreachable',
      details: expect.any(String) as string,
    });
  });
});

describe('replies', () => {
  it('find their command by id, in any order', async () => {
    const waiting: [number, Socket][] = [];
    const { qmp } = await connected(({ id }, socket) => {
      waiting.push([id, socket]);
      if (waiting.length === 3) for (const [n, s] of waiting.reverse()) s.write(reply(n, { n }));
    });
    const all = [qmp.run('query-status'), qmp.run('query-block'), qmp.run('query-name')];
    expect(await Promise.all(all)).toEqual([{ n: 2 }, { n: 3 }, { n: 4 }]);
  });

  it('that come late are dropped, and the next command works', async () => {
    const { qmp } = await connected(({ id, execute }, socket) => {
      if (execute === 'stop') return;
      socket.write(reply(id - 1, 'late') + reply(id, RUNNING));
    });
    await expect(qmp.run('stop', undefined, { timeoutMs: 30 })).rejects.toThrow(/did not answer stop within 0.03 s/);
    expect((await queryStatus(qmp)).status).toBe('running');
    expect(qmp.dropped.replies).toBe(1);
  });

  it('with an id that nobody waits for change nothing', async () => {
    const { qmp } = await connected(({ id }, socket) => {
      socket.write(`${reply(999, 'x')}{"return": {}}\r\n{"return": {}, "id": "2"}\r\n${reply(id, RUNNING)}`);
    });
    expect((await queryStatus(qmp)).status).toBe('running');
    expect(qmp.dropped.replies).toBe(3);
  });

  it('that refuse become errors with QEMU’s words', async () => {
    const { qmp } = await connected(({ id }, socket) => {
      socket.write(`{"error": {"class": "GenericError", "desc": "Device 'cdrom0' is locked"}, "id": ${id}}\r\n`);
    });
    await expect(qmp.run('eject')).rejects.toMatchObject({
      code: 'qemu_failed',
      message: "QEMU refused eject: Device 'cdrom0' is locked",
      details: "GenericError: Device 'cdrom0' is locked",
    });
  });

  it('of the wrong shape are refused', async () => {
    const { qmp } = await connected(({ id }, socket) => socket.write(reply(id, { status: 7 })));
    await expect(queryStatus(qmp)).rejects.toMatchObject({
      code: 'qemu_unreachable',
      message: expect.stringContaining('query-status') as string,
    });
    await expect(queryBlock(qmp)).rejects.toMatchObject({ code: 'qemu_unreachable' });
  });

  it('arrive byte by byte, and in lines of 200 KB', async () => {
    const big = 'ü'.repeat(100_000);
    const { qmp } = await connected(({ id, execute }, socket) => {
      if (execute === 'query-name') return void socket.write(reply(id, { name: big }));
      socket.setNoDelay(true);
      for (const byte of Buffer.from(reply(id, RUNNING))) socket.write(Buffer.from([byte]));
    });
    expect(await qmp.run('query-status')).toEqual(RUNNING);
    expect(await qmp.run('query-name')).toEqual({ name: big });
  });
});

describe('a connection that breaks', () => {
  it('rejects every waiter, and every command after', async () => {
    const { fake, qmp } = await connected(() => undefined);
    const waiters = [qmp.run('query-status'), qmp.run('stop')];
    const outcomes = Promise.allSettled(waiters);
    const closed = once(qmp, 'close');
    fake.sockets[0]?.destroy();
    await closed;
    expect((await outcomes).map((o) => o.status)).toEqual(['rejected', 'rejected']);
    expect(qmp.isClosed).toBe(true);
    await expect(qmp.run('query-status')).rejects.toMatchObject({ code: 'qemu_unreachable' });
  });

  it('tells so once, also when it is closed by us', async () => {
    const { qmp } = await connected();
    let closes = 0;
    qmp.on('close', () => closes++);
    qmp.close();
    qmp.close();
    expect(closes).toBe(1);
  });

  it.each([
    ['a line without end', 'x'.repeat(1024 * 1024), /longer than/],
    ['JSON nested without end', `${'['.repeat(100_000)}\n`, /deeper than 64/],
    ['what is no JSON', '{"return": \n', /No JSON/],
    ['what is no object', '[1]\n', /No JSON object/],
  ])('is cut when QEMU sends %s', async (_what, text, details) => {
    const { fake, qmp } = await connected();
    const reason = closeReason(qmp);
    const socket = fake.sockets[0];
    const flood = () => {
      while (socket?.writable && socket.write(text));
    };
    socket?.on('drain', flood);
    flood();
    expect((await reason).details).toMatch(details);
  });
});

describe('events', () => {
  it('come typed, before the reply of their cause', async () => {
    const seen: string[] = [];
    const { qmp } = await connected(({ id }, socket) => socket.write(event('STOP') + reply(id, {})));
    qmp.on('event', (e: QmpEvent) => seen.push(e.name));
    await qmp.run('stop').then(() => seen.push('reply'));
    expect(seen).toEqual(['STOP', 'reply']);
  });

  it('in a flood are dropped and counted, but not those that tell how the VM is', async () => {
    const flood =
      event('RTC_CHANGE', { offset: 1 }).repeat(50_000) + event('SHUTDOWN', { guest: true, reason: 'guest-shutdown' });
    const { qmp } = await connected(({ id }, socket) => socket.write(flood + reply(id, {})));
    const seen: QmpEvent[] = [];
    qmp.on('event', (e: QmpEvent) => seen.push(e));
    await qmp.run('query-status', undefined, { timeoutMs: 20_000 });
    expect(seen.at(-1)).toEqual({ name: 'SHUTDOWN', data: { guest: true, reason: 'guest-shutdown' } });
    expect(qmp.dropped.events).toBeGreaterThan(0);
    expect(seen.length + qmp.dropped.events).toBe(50_001);
  });
});

describe('commands', () => {
  it('are those of the list, and a human monitor is not among them', () => {
    expect(Object.keys(QMP_COMMANDS)).not.toContainEqual(expect.stringContaining('human'));
    for (const timeoutMs of Object.values(QMP_COMMANDS)) expect([3_000, 30_000]).toContain(timeoutMs);
  });

  it('change media by absolute path only', async () => {
    const { fake, qmp } = await connected();
    await expect(changeMedium(qmp, 'cdrom0', 'nbd:localhost:1')).rejects.toMatchObject({ code: 'invalid_input' });
    await changeMedium(qmp, 'cdrom0', '/library/a,b.iso');
    expect(fake.requests.at(-1)?.arguments).toMatchObject({
      id: 'cdrom0',
      filename: '/library/a,b.iso',
      format: 'raw',
    });
    expect(fake.requests).toHaveLength(2);
  });
});
