/** A real QEMU behind the filter, and browsers that say anything at all (T-63). */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { VncFilter, VncViolation } from './vnc-filter';

let folder: string;
let qemu: ChildProcess;

beforeAll(async () => {
  folder = await mkdtemp('/tmp/skep-vnc-');
  const guest = ['-nodefaults', '-machine', 'q35,accel=tcg', '-m', '32', '-S', '-device', 'VGA'];
  const input = ['-device', 'qemu-xhci', '-device', 'usb-tablet'];
  const vnc = ['-vnc', 'unix:vnc,share=force-shared'];
  // QEMU complains about each unknown key; a pipe that nobody reads would stop it.
  qemu = spawn('qemu-system-x86_64', [...guest, ...input, ...vnc], { cwd: folder, stdio: 'ignore' });
  const probe = await vi.waitFor(() => openVnc(), { timeout: 20_000 });
  probe.destroy();
});
afterAll(async () => {
  const exited = once(qemu, 'exit');
  if (qemu.exitCode === null) qemu.kill('SIGKILL');
  await exited;
  await rm(folder, { recursive: true });
});

async function openVnc(): Promise<Socket> {
  const socket = connect(join(folder, 'vnc'));
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Reads until `bytes` have come, and gives the first of them. */
async function read(socket: Socket, bytes: number): Promise<Buffer> {
  let got = Buffer.alloc(0);
  while (got.length < bytes) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    got = Buffer.concat([got, chunk]);
  }
  return got.subarray(0, bytes);
}

/** A session that is past its handshake, spoken through the filter. */
async function openSession() {
  const socket = await openVnc();
  const filter = new VncFilter({ viewOnly: false, allowCutText: true });
  const say = (bytes: Uint8Array) => filter.push(bytes).forEach((part) => socket.write(part));
  expect((await read(socket, 12)).toString()).toBe('RFB 003.008\n');
  say(Buffer.from('RFB 003.008\n'));
  expect([...(await read(socket, 2))]).toEqual([1, 1]);
  say(Buffer.of(1));
  expect((await read(socket, 4)).readUInt32BE()).toBe(0);
  say(Buffer.of(0));
  const init = await read(socket, 24);
  return { socket, say, width: init.readUInt16BE(0), height: init.readUInt16BE(2) };
}

const u8 = fc.integer({ min: 0, max: 255 });
const filled = (head: number[], length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((rest) => Uint8Array.from([...head, ...rest]));
/** Well-formed in length, random in content: what passes the filter and reaches QEMU's own parser. */
const message = fc.oneof(
  u8.chain((bits) => filled([0, 0, 0, 0, [8, 16, 32][bits % 3] ?? 8], 15)),
  u8.chain((count) => filled([2, 0, 0, count % 65], 4 * (count % 65))),
  filled([3], 9),
  filled([4], 7),
  u8.chain((mask) => filled([5, mask & 0x7f], 4)),
  fc.integer({ min: 0, max: 2000 }).chain((n) => filled([6, 0, 0, 0, 0, 0, n >> 8, n & 255], n)),
  u8.chain((n) => filled([251, 0, 4, n, 3, n, 1 + (n % 4), 0], 16 * (1 + (n % 4)))),
  filled([255, 0], 10),
);

describe('QEMU behind the filter', () => {
  it('gives a screen to a viewer', async () => {
    const { socket, width, height } = await openSession();
    expect(width).toBeGreaterThan(100);
    expect(height).toBeGreaterThan(100);
    socket.destroy();
  });

  it('outlives a hundred thousand random messages', async () => {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1000, maxLength: 1000, size: 'max' }), async (messages) => {
        const { socket, say } = await openSession();
        socket.resume();
        const closed = once(socket, 'close');
        for (const bytes of messages) say(bytes);
        sent += messages.length;
        // QEMU may hang up on nonsense; it must not die of it.
        socket.end();
        await closed;
        expect(qemu.exitCode ?? qemu.signalCode).toBeNull();
      }),
      { numRuns: 100, endOnFailure: true },
    );
    expect(sent).toBe(100_000);
    const after = await openSession();
    after.socket.destroy();
  }, 300_000);

  it('never hears noise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), async (noise) => {
        const { socket, say } = await openSession();
        try {
          say(noise);
        } catch (error) {
          expect(error).toBeInstanceOf(VncViolation);
        }
        socket.destroy();
        expect(qemu.exitCode ?? qemu.signalCode).toBeNull();
      }),
      { numRuns: 50 },
    );
  });
});
