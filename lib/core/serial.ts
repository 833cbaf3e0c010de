/**
 * Owns one QEMU serial socket: reads it always, writes to it within a bound.
 *
 * A serial chardev's socket serves one client, replays nothing, and freezes the guest when its client does not
 * read; so the socket is never paused, whatever the viewers do (see `serial-hub.ts`).
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { QmpClient } from '../qemu/qmp';
import { queryChardev } from '../qemu/qmp-commands';
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
  /** Whether somebody is connected already, see `isSerialTaken`. */
  isTaken?: () => Promise<boolean>;
  /** Called once when QEMU closed the socket, not after `close`. */
  onEnd?: () => void;
}

/**
 * Connects to a serial socket of a running QEMU.
 *
 * @throws AppError `busy` when another program holds it, `qemu_unreachable` when nobody listens
 */
export async function openSerial({ socketPath, epoch, isTaken, onEnd }: OpenSerialOptions): Promise<QemuSerial> {
  if (isTaken) await waitUntilFree(isTaken);
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
async function waitUntilFree(isTaken: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + TAKEN_TIMEOUT_MS;
  while (await isTaken()) {
    if (Date.now() > deadline) {
      throw new AppError(
        'busy',
        'Another program holds the serial port of this VM. Close it there, then start Skep again.',
      );
    }
    await delay(TAKEN_RECHECK_MS);
  }
}

/** Whether somebody is connected to the serial port of the QEMU that this monitor belongs to. */
export async function isSerialTaken(qmp: QmpClient): Promise<boolean> {
  const chardevs = await queryChardev(qmp);
  return chardevs.some(({ label, filename }) => label.startsWith('serial') && !filename.startsWith('disconnected:'));
}
