/**
 * Owns one QEMU serial socket: reads it always, writes to it within a bound.
 *
 * A serial chardev's socket serves one client, replays nothing, and freezes the guest when its client does not
 * read; so the socket is never paused, whatever the viewers do (see `serial-hub.ts`).
 */
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../shared/errors';
import { SerialHub } from './serial-hub';
import type { SerialPort } from './types';

/** What a guest that does not read its port may leave unread; typing more is dropped. */
export const INPUT_QUEUE_BYTES = 64 * 1024;
/** A Skep that was killed a moment ago may still be hanging on the socket until QEMU notices. */
const TAKEN_TIMEOUT_MS = 2000;
const TAKEN_RECHECK_MS = 50;

/** A serial port with its socket. `close` leaves QEMU's side alone: the guest goes on and its output is dropped. */
export interface QemuSerial extends SerialPort {
  close(): void;
}

export interface OpenSerialOptions {
  socketPath: string;
  epoch: string;
  /** Called once when QEMU closed the socket, not after `close`. */
  onEnd?: () => void;
}

/**
 * Connects to a serial socket of a running QEMU.
 *
 * @throws AppError `busy` when another program holds it, `qemu_unreachable` when nobody listens
 */
export async function openSerial({ socketPath, epoch, onEnd }: OpenSerialOptions): Promise<QemuSerial> {
  await waitUntilFree(socketPath);
  const socket = await connectTo(socketPath);
  const hub = new SerialHub(epoch, (bytes) => {
    if (socket.writableLength + bytes.length <= INPUT_QUEUE_BYTES) socket.write(bytes);
  });
  let closedByUs = false;
  socket.on('data', (bytes: Buffer) => hub.push(bytes));
  socket.on('close', () => {
    hub.end();
    if (!closedByUs) onEnd?.();
  });
  return {
    epoch,
    join: (viewer, from) => hub.join(viewer, from),
    close: () => {
      closedByUs = true;
      socket.destroy();
      hub.end();
    },
  };
}

function connectTo(socketPath: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    socket.once('connect', () => resolve(socket));
    // Stays for the socket's whole life: an error without a listener would end Skep; 'close' follows and is handled.
    socket.on('error', (cause) =>
      reject(
        new AppError('qemu_unreachable', 'The serial port does not answer. QEMU may just have stopped.', {
          details: cause.message,
          cause,
        }),
      ),
    );
  });
}

/**
 * QEMU accepts one client and lets a second one connect and wait in silence, so being taken must be looked up.
 */
async function waitUntilFree(socketPath: string): Promise<void> {
  const deadline = Date.now() + TAKEN_TIMEOUT_MS;
  while (await isTaken(socketPath)) {
    if (Date.now() > deadline) {
      throw new AppError(
        'busy',
        'Another program holds the serial port of this VM. Close it there, then open the console again.',
        { details: socketPath },
      );
    }
    await delay(TAKEN_RECHECK_MS);
  }
}

/** Linux lists each unix socket with its state; 03 is a connection that the listener has accepted. See proc_net(5). */
async function isTaken(socketPath: string): Promise<boolean> {
  const table = await readFile('/proc/net/unix', 'utf8').catch(() => '');
  return table.split('\n').some((line) => {
    if (!line.endsWith(` ${socketPath}`)) return false;
    return line.trim().split(/\s+/)[5] === '03';
  });
}
