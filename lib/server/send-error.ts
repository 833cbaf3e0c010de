/** Refusals in Skep's shape. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorBody } from '../shared/errors';
import { REFUSAL_POLICY } from './csp';

const LINGER_MS = 2_000;

/** Answers with an error. */
export function sendError(res: ServerResponse, status: number, error: ErrorBody): void {
  if (res.headersSent) return void res.destroy();
  const body = JSON.stringify({ error });
  res.setHeader('Content-Security-Policy', REFUSAL_POLICY);
  res.setHeader('Cache-Control', 'no-store');
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  res.end(res.req.method === 'HEAD' ? undefined : body);
  if (!res.req.complete) drain(res.req);
}

/** The error that stands for a status of the gate. */
export function refusalBody(status: number, message: string): ErrorBody {
  if (status === 404) return { code: 'not_found', message };
  return { code: status === 403 || status === 421 ? 'forbidden' : 'invalid_input', message };
}

/**
 * Throws away what a refused request still sends, for a moment: a connection that is cut at once takes the answer
 * with it before the browser has read it.
 */
function drain(req: IncomingMessage): void {
  const timer = setTimeout(() => req.destroy(), LINGER_MS);
  timer.unref();
  for (const end of ['end', 'close', 'error']) req.once(end, () => clearTimeout(timer));
  req.resume();
}
