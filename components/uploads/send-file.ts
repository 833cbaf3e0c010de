/**
 * Sends one file to its end, over as many cuts as it takes.
 *
 *   create ─▶ HEAD: where? ─▶ chunk, chunk, … ─▶ all sent
 *               ▲                  │ cut, wrong offset, wrong bytes
 *               └──── wait ◀───────┘
 */
import type { FileReading } from './reader-client';
import { WireError, type UploadWire } from './upload-wire';

/** Wrong bytes may come from a bad line; as often in a row as this, it is not the line. */
const WRONG_CHECKSUMS = 5;

export interface SendOptions {
  wire: UploadWire;
  reading: FileReading;
  file: Blob;
  id: string;
  signal: AbortSignal;
  onProgress(doneBytes: number): void;
  onPhase(phase: 'sending' | 'retrying'): void;
  /** Waits longer each time, and shorter when the network is back. */
  wait(attempt: number): Promise<void>;
}

/** @throws WireError that trying again cannot help; UnreadableFile; when aborted */
export async function sendFile(options: SendOptions): Promise<void> {
  let attempt = 0;
  let wrong = 0;
  for (;;) {
    options.signal.throwIfAborted();
    try {
      await sendFrom(options, await options.wire.offset(options.id), () => {
        attempt = 0;
        wrong = 0;
      });
      return;
    } catch (error) {
      options.signal.throwIfAborted();
      if (!isPassing(error) || (error.status === 460 && ++wrong >= WRONG_CHECKSUMS)) throw error;
      if (error.status === 'cut') options.onPhase('retrying');
      await options.wait(attempt++);
    }
  }
}

async function sendFrom(options: SendOptions, from: number, onGood: () => void): Promise<void> {
  const { wire, reading, file, id, signal, onProgress } = options;
  let offset = from;
  let next = offset < file.size ? reading.chunk(offset) : lastWord(reading, offset);
  do {
    const chunk = await next;
    options.onPhase('sending');
    const end = offset + chunk.sizeBytes;
    const body = chunk.blocks ? file.slice(offset, end) : new Blob([]);
    const sent = wire.send(id, chunk, body, (bytes) => onProgress(offset + Math.min(bytes, chunk.sizeBytes)), signal);
    // Hashed while this one is on its way. Nobody may be there to wait for it, if this one fails.
    if (end < file.size) next = reading.chunk(end);
    next.catch(() => undefined);
    offset = await sent;
    if (offset !== end) next = reading.chunk(offset);
    onProgress(offset);
    onGood();
  } while (offset < file.size);
}

/** Everything arrived, but the answer to the last chunk did not: an empty one ends the upload. */
async function lastWord(reading: FileReading, offset: number) {
  return { offset, sizeBytes: 0, blocks: null, wholeSha256: await reading.wholeSha256() };
}

/** Whether trying again may help. */
function isPassing(error: unknown): error is WireError {
  if (!(error instanceof WireError)) return false;
  return error.status === 'cut' || error.status === 460 || (error.status === 409 && error.body.code === 'wrong_state');
}
