/**
 * What a guest says on its serial port, kept in two files of the VM's folder.
 *
 *   hub ──▶ SerialLog ──append──▶ serial.log ──full──▶ serial.log.1      (what was in there goes)
 *            one more viewer: a slow disk costs this log bytes, with a mark, and never the guest its time
 *
 * The files hold the guest's bytes as they came and lines of Skep's own; `plainSerialText` makes them readable.
 */
import { constants, open, rename, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { plainSerialText } from '../shared/serial-text';
import type { SerialMembership, SerialPort, SerialViewer } from './types';

/** Each of the two files holds this much. */
export const SERIAL_LOG_BYTES = 4 * 1024 * 1024;
const FILE = 'serial.log';
const OLD_FILE = 'serial.log.1';
/** The folder belongs to QEMU's user: a link or a pipe planted there must lead nowhere and block nothing. */
const SAFELY = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Keeps what a port says until it ends.
 *
 * @param folder the VM's folder
 * @param mark the line that stands before it: since when, and why
 */
export function keepSerialLog(port: SerialPort, folder: string, mark: string, maxBytes = SERIAL_LOG_BYTES): SerialLog {
  const log = new SerialLog(folder, maxBytes);
  log.mark(mark);
  log.follow(port);
  return log;
}

export class SerialLog implements SerialViewer {
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | null = null;
  #membership: SerialMembership | null = null;
  #lost = 0;

  constructor(
    private readonly folder: string,
    private readonly maxBytes: number,
  ) {}

  follow(port: SerialPort): void {
    this.#membership = port.join(this);
  }

  /** A line of Skep's own. */
  mark(text: string): void {
    this.onData(Buffer.from(`\n--- ${text} ---\n`));
  }

  /** Resolves when all that was said is in the files. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  onHello({ lost }: { lost: number }): void {
    this.#lost += lost;
  }

  onSkip({ lost }: { lost: number }): void {
    this.#lost += lost;
  }

  onEnd(): void {
    // What is waiting is still written.
  }

  onData(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#writing ??= this.#writeAll();
  }

  pendingBytes(): number {
    return this.#waitingBytes;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const bytes = Buffer.concat(this.#waiting);
      this.#waiting = [];
      const lost = this.#lost;
      try {
        await this.#append(lost > 0 ? Buffer.concat([lostMark(lost), bytes]) : bytes);
        this.#lost -= lost;
      } catch {
        // A full disk, or a folder that is being deleted: the guest goes on, and the next line says what is missing.
        this.#lost += bytes.length;
      }
      this.#waitingBytes -= bytes.length;
      this.#membership?.drained();
    }
    this.#writing = null;
  }

  async #append(bytes: Uint8Array): Promise<void> {
    const path = join(this.folder, FILE);
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | SAFELY;
    const handle = await open(path, flags, 0o600);
    try {
      await handle.writeFile(bytes);
      if ((await handle.stat()).size >= this.maxBytes) await rename(path, join(this.folder, OLD_FILE));
    } finally {
      await handle.close();
    }
  }
}

function lostMark(bytes: number): Uint8Array {
  return Buffer.from(`\n--- ${bytes} bytes lost ---\n`);
}

/** All that is kept of a VM's serial port, oldest first, as plain text. Empty when it never said anything. */
export async function readSerialLog(folder: string): Promise<string> {
  const parts = [await readTail(join(folder, OLD_FILE)), await readTail(join(folder, FILE))];
  return plainSerialText(Buffer.concat(parts));
}

async function readTail(path: string): Promise<Uint8Array> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | SAFELY);
  } catch {
    return new Uint8Array(0); // nothing was said yet
  }
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, 2 * SERIAL_LOG_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
