/** From a socket to a file, with an eye on how fast it comes. */
import type { IncomingMessage } from 'node:http';
import { isAppError } from '../../shared/errors';
import { TransferError } from './transfer-error';

export interface BodyLimits {
  /** At least `minBytes` must come in each such time. */
  windowMs: number;
  minBytes: number;
}

/**
 * Hands each piece of a body on, in order, and waits until it has been taken.
 *
 * @throws TransferError `again` when the connection is cut, or when it is so slow that it may be a trap
 */
export async function copyBody(
  message: IncomingMessage,
  host: string,
  limits: BodyLimits,
  take: (chunk: Buffer) => Promise<void>,
): Promise<void> {
  let inWindow = 0;
  const watch = setInterval(() => {
    if (inWindow < limits.minBytes) message.destroy(new TransferError('again', `${host} sends too slowly.`));
    inWindow = 0;
  }, limits.windowMs);
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      inWindow += chunk.length;
      await take(chunk);
    }
  } catch (error) {
    // Of the file's errors, which are ours, none looks like the connection's.
    if (isAppError(error) || !isConnectionError(error)) throw error;
    throw new TransferError('again', `${host} cut the connection.`);
  } finally {
    clearInterval(watch);
    message.destroy();
  }
}

function isConnectionError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(ECONN|EPIPE|ETIMEDOUT|HPE_|ERR_STREAM_PREMATURE_CLOSE|ERR_SSL|EHOST|ENET)/.test(code);
}
