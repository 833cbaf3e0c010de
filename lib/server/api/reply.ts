/** Answers of the REST interface as HTTP. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fillPath } from '../../shared/api/client';
import { API_BASE, type Endpoint } from '../../shared/api/endpoint';
import { ERROR_STATUS, toErrorBody } from '../../shared/errors';
import { REFUSAL_POLICY } from '../csp';
import { sendError } from '../send-error';
import type { Stream } from './call';
import { etagOf, isKnown } from './etag';

/** Sends what a handler gave. */
export function reply(endpoint: Endpoint, value: unknown, req: IncomingMessage, res: ServerResponse): void {
  res.setHeader('Content-Security-Policy', REFUSAL_POLICY);
  res.setHeader('Cache-Control', 'no-store');
  if (typeof value === 'function') return (value as Stream)(res);
  if (endpoint.location)
    res.setHeader('Location', API_BASE + fillPath(endpoint.location, value as Record<string, unknown>));
  if (endpoint.etag) {
    const etag = etagOf(endpoint.etag, value);
    res.setHeader('ETag', etag);
    if (endpoint.method === 'GET' && isKnown(req.headers['if-none-match'], etag)) return void res.writeHead(304).end();
  }
  if (endpoint.status === 204) return void res.writeHead(204).end();
  const [type, body] = bodyOf(endpoint, value);
  res.writeHead(endpoint.status, { 'Content-Type': type, 'Content-Length': body.length });
  res.end(req.method === 'HEAD' ? undefined : body);
}

function bodyOf(endpoint: Endpoint, value: unknown): [type: string, body: Buffer] {
  // What a guest wrote is never taken for anything that a browser would run.
  if (Buffer.isBuffer(value)) return ['application/octet-stream', value];
  if (endpoint.format === 'text') return ['text/plain; charset=utf-8', Buffer.from(String(value))];
  return ['application/json', Buffer.from(JSON.stringify(value))];
}

/** Sends an error in Skep's shape. */
export function replyError(error: unknown, req: IncomingMessage, res: ServerResponse): void {
  const body = toErrorBody(error);
  if (body.code === 'internal') console.error(`${req.method} ${req.url?.split('?', 1)[0]} failed:`, error);
  if (body.code === 'too_many_requests' && body.details) res.setHeader('Retry-After', body.details);
  if (body.code === 'unauthorized') res.setHeader('WWW-Authenticate', 'Bearer');
  sendError(res, ERROR_STATUS[body.code], body);
}
