import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusalBody, sendError } from './send-error';

/** JSON bodies and server actions; uploads have a way of their own. */
export const MAX_BODY_BYTES = 256 * 1024;
const BODY_TIMEOUT_MS = 60_000;

/**
 * Refuses a body that is too long or of unknown length, and cuts one off that does not arrive (T-54).
 *
 * @returns false when the request has been answered
 */
export function limitBody(req: IncomingMessage, res: ServerResponse, timeoutMs = BODY_TIMEOUT_MS): boolean {
  if (req.headers['transfer-encoding'] !== undefined) {
    sendError(res, 411, refusalBody(411, 'A request must say how long it is.'));
    return false;
  }
  if (Number(req.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    sendError(res, 413, refusalBody(413, 'This request is too long.'));
    return false;
  }
  const timer = setTimeout(() => {
    if (!req.complete) req.destroy();
  }, timeoutMs);
  res.once('close', () => clearTimeout(timer));
  return true;
}
