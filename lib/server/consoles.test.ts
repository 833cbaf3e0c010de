/** Events, serial and VNC sockets against fake peers, and browsers that freeze or come back. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SerialHub, VIEWER_WINDOW_BYTES } from '../core/serial-hub';
import { CLOSE, type ServerEvent } from '../shared/events';
import { serialControl } from '../shared/serial-protocol';
import { browse, startSockets, type TestBrowser, type TestServer, type World } from './testing/sockets';

let server: TestServer;
const cleanUps: (() => unknown)[] = [];
const start = async (world?: World) => (server = await startSockets(world));
afterEach(async () => {
  await server.close();
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

describe('events', () => {
  it('are told as JSON until the browser leaves', async () => {
    await start();
    const browser = browse(server, '/ws/events');
    await browser.opened;
    await vi.waitFor(() => expect(server.liveListeners.size).toBe(1));
    server.publish({ type: 'vm-gone', rev: 3, id: 'v1' });
    await vi.waitFor(() => expect(browser.texts).toEqual(['{"type":"vm-gone","rev":3,"id":"v1"}']));
    browser.ws.close();
    await vi.waitFor(() => expect(server.liveListeners.size).toBe(0));
  });

  it('hang up on a browser that does not read', async () => {
    await start();
    const frozen = browse(server, '/ws/events');
    const quick = browse(server, '/ws/events');
    await Promise.all([frozen.opened, quick.opened]);
    frozen.ws.pause();
    const large: ServerEvent = { type: 'vm-gone', rev: 1, id: 'x'.repeat(1024 * 1024) };
    await vi.waitFor(() => {
      server.publish(large);
      expect(server.liveListeners.size).toBe(1);
    });
    expect(quick.ws.readyState).toBe(quick.ws.OPEN);
  });
});

describe('the serial socket', () => {
  const acknowledge = (browser: TestBrowser, offset: number) =>
    browser.ws.send(JSON.stringify({ type: 'ack', offset }));
  const controls = (texts: string[]) => texts.map((text) => serialControl.parse(JSON.parse(text)));

  it('replays, carries both ways, and replays exactly the rest after a drop', async () => {
    const typed: string[] = [];
    const hub = new SerialHub('e1', (bytes) => typed.push(Buffer.from(bytes).toString()));
    hub.push(Buffer.from('boot…\n'));
    await start({ serial: () => hub });
    const first = browse(server, '/ws/serial?vm=v1');
    await vi.waitFor(() => expect(first.bytes.toString()).toBe('boot…\n'));
    expect(controls(first.texts)).toEqual([{ type: 'hello', epoch: 'e1', offset: 0, lost: 0, end: 8 }]);
    first.ws.send(Buffer.from('ls\r'));
    await vi.waitFor(() => expect(typed).toEqual(['ls\r']));
    const seen = first.byteCount;
    first.ws.terminate();
    hub.push(Buffer.from('while away\n'));
    const second = browse(server, `/ws/serial?vm=v1&epoch=e1&from=${seen}`);
    await vi.waitFor(() => expect(second.bytes.toString()).toBe('while away\n'));
    expect(controls(second.texts)).toEqual([{ type: 'hello', epoch: 'e1', offset: seen, lost: 0, end: seen + 11 }]);
  });

  it('does not let a frozen viewer hold up the others', async () => {
    const hub = new SerialHub('e1', () => {});
    await start({ serial: () => hub });
    const frozen = browse(server, '/ws/serial?vm=v1');
    const quick = browse(server, '/ws/serial?vm=v1');
    await vi.waitFor(() => expect([frozen.texts.length, quick.texts.length]).toEqual([1, 1]));
    frozen.ws.pause();
    const total = 24 * 1024 * 1024;
    let quickBytes = 0;
    quick.ws.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) return;
      quickBytes += data.length;
      acknowledge(quick, quickBytes);
    });
    for (let said = 0; said < total; said += 512 * 1024) {
      hub.push(Buffer.alloc(512 * 1024, '.'));
      await vi.waitFor(() => expect(quickBytes).toBe(said + 512 * 1024));
    }
    // Read but not shown is as bad as not read: nothing more comes before the browser says that it goes on.
    frozen.ws.resume();
    await vi.waitFor(() => expect(frozen.byteCount).toBeGreaterThan(VIEWER_WINDOW_BYTES - 1));
    expect(frozen.texts).toHaveLength(1);
    acknowledge(frozen, frozen.byteCount);
    await vi.waitFor(() => expect(controls(frozen.texts)[1]?.type).toBe('skip'));
    // Every byte is either there or counted as lost.
    await vi.waitFor(() => {
      const lost = controls(frozen.texts).reduce((sum, control) => sum + control.lost, 0);
      expect(frozen.byteCount + lost).toBe(total);
    });
  });

  it('closes when the VM stops, and at text', async () => {
    const hub = new SerialHub('e1', () => {});
    await start({ serial: () => hub });
    const chatty = browse(server, '/ws/serial?vm=v1');
    const patient = browse(server, '/ws/serial?vm=v1');
    await Promise.all([chatty.opened, patient.opened]);
    chatty.ws.send('text');
    await chatty.closed;
    expect(chatty.closeCode).toBe(CLOSE.badMessage);
    hub.end();
    await patient.closed;
    expect(patient.closeCode).toBe(CLOSE.vmStopped);
  });
});

describe('the VNC socket', () => {
  /** A VNC server of which the test holds each connection. */
  async function fakeQemu() {
    const folder = await mkdtemp(join(tmpdir(), 'skep-vnc-'));
    const path = join(folder, 'v');
    const connections: Socket[] = [];
    const qemu: Server = createServer((socket) => {
      socket.on('error', () => {});
      connections.push(socket);
      socket.write('RFB 003.008\n');
    });
    qemu.listen(path);
    await once(qemu, 'listening');
    cleanUps.push(() => {
      qemu.close();
      for (const socket of connections) socket.destroy();
      return rm(folder, { recursive: true });
    });
    const connectVnc = async () => {
      const socket = connect(path);
      await once(socket, 'connect');
      return socket;
    };
    return { connections, connectVnc };
  }

  const HELLO = Buffer.from('RFB 003.008\n\u0001\u0000');
  const KEY = Buffer.from([4, 1, 0, 0, 0, 0, 0, 97]);

  it('carries both ways, one connection to QEMU per browser', async () => {
    const qemu = await fakeQemu();
    await start({ connectVnc: qemu.connectVnc });
    const browsers = [browse(server, '/ws/vnc?vm=v1'), browse(server, '/ws/vnc?vm=v1&mode=view')];
    for (const browser of browsers) await vi.waitFor(() => expect(browser.bytes.toString()).toBe('RFB 003.008\n'));
    const heard = qemu.connections.map(() => Buffer.alloc(0));
    qemu.connections.forEach((socket, i) => {
      socket.on('data', (bytes) => (heard[i] = Buffer.concat([heard[i]!, bytes])));
    });
    for (const { ws } of browsers) for (const byte of Buffer.concat([HELLO, KEY])) ws.send(Buffer.of(byte));
    await vi.waitFor(() => expect(heard.map((h) => h.length).sort((a, b) => a - b)).toEqual([14, 22]));
    expect(heard.every((h) => h[13] === 1)).toBe(true);
    browsers[0]?.ws.close();
    await vi.waitFor(() => expect(qemu.connections.filter((socket) => socket.destroyed)).toHaveLength(1));
  });

  it.each([
    ['a message of unknown type', Buffer.concat([HELLO, Buffer.of(99)])],
    ['text', 'RFB 003.008\n'],
  ])('ends at %s, and QEMU never sees it', async (_, message) => {
    const qemu = await fakeQemu();
    await start({ connectVnc: qemu.connectVnc });
    const browser = browse(server, '/ws/vnc?vm=v1');
    await vi.waitFor(() => expect(browser.byteCount).toBe(12));
    let heard = 0;
    qemu.connections[0]?.on('data', (bytes: Buffer) => (heard += bytes.length));
    browser.ws.send(message);
    await browser.closed;
    expect(browser.closeCode).toBe(CLOSE.badMessage);
    await vi.waitFor(() => expect(qemu.connections[0]?.destroyed).toBe(true));
    expect(heard).toBe(0);
  });

  it('stops reading QEMU for a frozen browser only', async () => {
    const qemu = await fakeQemu();
    await start({ connectVnc: qemu.connectVnc });
    const frozen = browse(server, '/ws/vnc?vm=v1');
    await vi.waitFor(() => expect(frozen.byteCount).toBe(12));
    const quick = browse(server, '/ws/vnc?vm=v1');
    await vi.waitFor(() => expect(quick.byteCount).toBe(12));
    frozen.ws.pause();
    const picture = Buffer.alloc(32 * 1024 * 1024, 'p');
    for (const socket of qemu.connections) socket.write(picture);
    await vi.waitFor(() => expect(quick.byteCount).toBe(12 + picture.length), { timeout: 20_000 });
    // The kernel's buffers and the bridge's megabyte are full, the rest waits inside "QEMU".
    expect(qemu.connections[0]?.writableLength).toBeGreaterThan(16 * 1024 * 1024);
    frozen.ws.resume();
    await vi.waitFor(() => expect(frozen.byteCount).toBe(12 + picture.length), { timeout: 20_000 });
  });

  it('closes when the display goes away', async () => {
    const qemu = await fakeQemu();
    await start({ connectVnc: qemu.connectVnc });
    const browser = browse(server, '/ws/vnc?vm=v1');
    await vi.waitFor(() => expect(browser.byteCount).toBe(12));
    qemu.connections[0]?.destroy();
    await browser.closed;
    expect(browser.closeCode).toBe(CLOSE.vmStopped);
  });
});
