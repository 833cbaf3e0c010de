import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { bridgeVnc } from './vnc-bridge';

let folder: string;
let browsers: WebSocketServer;
const cleanUps: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skep-bridge-'));
  browsers = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(browsers, 'listening');
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
  browsers.close();
  await rm(folder, { recursive: true });
});

/** A VNC server; resolves to QEMU's side of the connection. */
async function listen() {
  const path = join(folder, 'v');
  const server = createServer();
  server.listen(path);
  await once(server, 'listening');
  cleanUps.push(() => server.close());
  const accepted = once(server, 'connection').then(([socket]: Socket[]) => socket);
  const connectVnc = async () => {
    const socket = connect(path);
    await once(socket, 'connect');
    return socket;
  };
  return { accepted, connectVnc };
}

/** A browser, and the server's side of its socket. */
async function browse() {
  const { port } = browsers.address() as AddressInfo;
  const accepted = once(browsers, 'connection') as Promise<[WebSocket]>;
  const browser = new WebSocket(`ws://127.0.0.1:${port}`);
  browser.on('error', () => {});
  cleanUps.push(() => browser.terminate());
  const [ws] = await accepted;
  return { browser, ws };
}

it('cuts a browser that stays frozen, and lets go of QEMU', async () => {
  const { accepted, connectVnc } = await listen();
  const { browser, ws } = await browse();
  await bridgeVnc({ ws, connect: connectVnc, viewOnly: false, frozenMs: 50 });
  const qemu = await accepted;
  qemu?.on('error', () => {});
  browser.pause();
  qemu?.write(Buffer.alloc(32 * 1024 * 1024));
  await vi.waitFor(() => expect(qemu?.destroyed).toBe(true));
});

it('lets go of QEMU when the browser left while it was connecting', async () => {
  const { accepted, connectVnc } = await listen();
  const { browser, ws } = await browse();
  const left = once(ws, 'close');
  browser.close();
  await left;
  await bridgeVnc({ ws, connect: connectVnc, viewOnly: false });
  const qemu = await accepted;
  qemu?.resume();
  await vi.waitFor(() => expect(qemu?.destroyed).toBe(true));
});

it('leaves a failed connection to its caller', async () => {
  const { ws } = await browse();
  const failing = bridgeVnc({ ws, connect: () => Promise.reject(new Error('no screen')), viewOnly: false });
  await expect(failing).rejects.toThrow('no screen');
  expect(ws.readyState).toBe(ws.OPEN);
});
