/**
 * PUT /upload/library/<url-encoded name>: a file's bytes, streamed to the library folder.
 *
 * Served before Next, which would keep the body in memory. The gate has checked Host, Origin and session.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import type { LibraryService, SessionView } from '../core/types';
import { libraryFileName } from '../shared/device';
import { AppError, ERROR_STATUS, toErrorBody } from '../shared/errors';
import { parse } from '../shared/parse';
import { sendError } from './send-error';

const PREFIX = '/upload/library/';
/** An upload that sends nothing for this long is given up. */
const IDLE_TIMEOUT_MS = 120_000;
const BUFFER_BYTES = 1024 * 1024;

/** @returns the gate's handler for everything below /upload/ */
export function createUpload(library: Pick<LibraryService, 'store'>) {
  return async (session: SessionView, req: IncomingMessage, res: ServerResponse): Promise<void> => {
    req.setTimeout(IDLE_TIMEOUT_MS, () => req.destroy());
    try {
      const { name, sizeBytes } = readRequest(req);
      const file = await library.store({ userId: session.userId, name: session.name }, name, sizeBytes, bodyOf(req));
      const body = JSON.stringify(file);
      res.writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }).end(body);
    } catch (error) {
      refuse(req, res, error);
    }
  };
}

function readRequest(req: IncomingMessage): { name: string; sizeBytes: number } {
  const [path = ''] = (req.url ?? '').split('?', 1);
  if (!path.startsWith(PREFIX)) throw new AppError('not_found', 'There is no such address here.');
  if (req.method !== 'PUT') throw new AppError('invalid_input', 'Uploads are sent with PUT.');
  const length = req.headers['content-length'];
  if (length === undefined) throw new AppError('invalid_input', 'An upload must say how long it is (Content-Length).');
  return { name: parse(libraryFileName, decodeURIComponent(path.slice(PREFIX.length))), sizeBytes: Number(length) };
}

/**
 * The request's bytes as a stream of their own: who gives up half-way may destroy it without cutting the connection,
 * on which the answer still has to go out.
 */
function bodyOf(req: IncomingMessage): PassThrough {
  const body = new PassThrough({ highWaterMark: BUFFER_BYTES });
  const cut = () => body.destroy(new AppError('invalid_input', 'The upload was cut off before its end.'));
  req.once('error', cut);
  req.once('close', () => (req.complete ? undefined : cut()));
  return req.pipe(body);
}

function refuse(req: IncomingMessage, res: ServerResponse, error: unknown): void {
  req.unpipe();
  const body = toErrorBody(error);
  if (body.code === 'internal') console.error('An upload failed:', error);
  if (!res.destroyed) sendError(res, ERROR_STATUS[body.code], body);
}
