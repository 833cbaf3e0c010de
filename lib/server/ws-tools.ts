/** Small things that all of Skep's sockets need. */
import type { RawData, WebSocket } from 'ws';

/** A peer that was told to go and does not gets this long. Well below the second within which sign-out must act. */
const LINGER_MS = 500;

/** A message's bytes, whatever form ws hands them over in. */
export function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

/**
 * Says goodbye with a reason, stops listening, and hangs up soon even if the peer does not answer or does not read.
 *
 * @param code one of `CLOSE`, or a standard code
 */
export function cut(ws: WebSocket, code: number, reason: string): void {
  ws.removeAllListeners('message');
  if (ws.readyState === ws.OPEN) ws.close(code, reason);
  const timer = setTimeout(() => ws.terminate(), LINGER_MS);
  timer.unref();
  ws.once('close', () => clearTimeout(timer));
}
