/** QEMU's own words: one log per VM, appended by each start, read from its end. */
import { constants, open } from 'node:fs/promises';

const TAIL_BYTES = 256 * 1024;
/** A log that grew beyond this is emptied; QEMU appends, so it goes on writing at the new end. */
const MAX_BYTES = 4 * 1024 * 1024;

/** The end of the log as text, at most 256 KiB. Empty when there is no log yet. */
export async function readLog(file: string): Promise<string> {
  let handle;
  try {
    // The folder belongs to QEMU's user: a link planted there must not lead anywhere.
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch {
    return '';
  }
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
}

/** The last `lines` lines of the log. */
export async function logTail(file: string, lines: number): Promise<string> {
  return (await readLog(file)).trimEnd().split('\n').slice(-lines).join('\n');
}

/** Empties a log that grew too large. */
export async function capLog(file: string): Promise<void> {
  const handle = await open(file, constants.O_RDWR | constants.O_NOFOLLOW).catch(() => null);
  if (!handle) return; // no log yet
  try {
    if ((await handle.stat()).size > MAX_BYTES) await handle.truncate(0);
  } finally {
    await handle.close();
  }
}
