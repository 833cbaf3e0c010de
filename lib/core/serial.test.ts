import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { INPUT_QUEUE_BYTES, openSerial } from './serial';
import type { SerialViewer } from './types';

let folder: string;
let socketPath: string;
let server: Server;
let guest: Promise<Socket>;
const toDestroy: Socket[] = [];

function viewer(heard: { text: string; ended: boolean }): SerialViewer {
  return {
    onHello: () => {},
    onData: (bytes) => void (heard.text += Buffer.from(bytes).toString()),
    onSkip: () => {},
    onEnd: () => void (heard.ended = true),
    pendingBytes: () => 0,
  };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skep-serial-'));
  socketPath = join(folder, 's');
  server = createServer((socket) => toDestroy.push(socket));
  server.listen(socketPath);
  await once(server, 'listening');
  guest = once(server, 'connection').then(([socket]) => socket as Socket);
});
afterEach(async () => {
  for (const socket of toDestroy.splice(0)) socket.destroy();
  server.close();
  await rm(folder, { recursive: true });
});

describe('openSerial', () => {
  it('carries output to viewers and input to the guest', async () => {
    const port = await openSerial({ socketPath, epoch: 'e' });
    const heard = { text: '', ended: false };
    const member = port.join(viewer(heard));
    (await guest).write('login: ');
    await vi.waitFor(() => expect(heard.text).toBe('login: '));
    member.write(Buffer.from('root\r'));
    const [typed] = (await once(await guest, 'data')) as [Buffer];
    expect(typed.toString()).toBe('root\r');
    port.close();
    expect(heard.ended).toBe(true);
  });

  it('says so when QEMU goes away', async () => {
    const onEnd = vi.fn();
    const port = await openSerial({ socketPath, epoch: 'e', onEnd });
    const heard = { text: '', ended: false };
    port.join(viewer(heard));
    (await guest).end('bye');
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalledTimes(1));
    expect(heard).toEqual({ text: 'bye', ended: true });
  });

  it('does not call its own closing an end', async () => {
    const onEnd = vi.fn();
    const port = await openSerial({ socketPath, epoch: 'e', onEnd });
    const closed = once(await guest, 'close');
    (await guest).resume();
    port.close();
    await closed;
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('keeps reading while a viewer is frozen', async () => {
    const port = await openSerial({ socketPath, epoch: 'e' });
    port.join({ ...viewer({ text: '', ended: false }), pendingBytes: () => Infinity });
    const flood = Buffer.alloc(4 * 1024 * 1024, 'x');
    const socket = await guest;
    await new Promise<void>((done) => socket.write(flood, () => done()));
    expect(socket.writableLength).toBe(0);
    port.close();
  });

  it('drops input that the guest does not read', async () => {
    const port = await openSerial({ socketPath, epoch: 'e' });
    const member = port.join(viewer({ text: '', ended: false }));
    const socket = await guest;
    socket.pause();
    for (let i = 0; i < 2000; i++) member.write(Buffer.alloc(1024, 'k'));
    let got = 0;
    socket.on('data', (bytes: Buffer) => (got += bytes.length));
    socket.resume();
    const closed = once(socket, 'close');
    await vi.waitFor(() => expect(got).toBeGreaterThanOrEqual(INPUT_QUEUE_BYTES));
    port.close();
    await closed;
    expect(got).toBeLessThan(2000 * 1024);
  });

  it('notices that somebody else holds the socket', async () => {
    const opening = openSerial({ socketPath, epoch: 'e', isTaken: () => Promise.resolve(true) });
    await expect(opening).rejects.toMatchObject({ code: 'busy' });
  });

  it('waits for a holder that is just leaving', async () => {
    const answers = [true, true, false];
    const isTaken = vi.fn(() => Promise.resolve(answers.shift() ?? false));
    const port = await openSerial({ socketPath, epoch: 'e', isTaken });
    expect(isTaken).toHaveBeenCalledTimes(3);
    port.close();
  });

  it('says when nobody listens', async () => {
    const missing = openSerial({ socketPath: join(folder, 'missing'), epoch: 'e' });
    await expect(missing).rejects.toMatchObject({ code: 'qemu_unreachable' });
  });
});
