/**
 * GET /library/<folder>/<name>: a library file for the browser to keep. Never shown: whatever it holds, it is a
 * download, so that no stored page runs under our address (T-33).
 *
 * Served before Next, in pieces (Range), so that a browser goes on after a cut. The gate has checked the session.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { LibraryService } from '../core/types';
import { libraryRef } from '../shared/device';
import { AppError, ERROR_STATUS, toErrorBody } from '../shared/errors';
import { parse } from '../shared/parse';
import { sendError } from './send-error';

const PREFIX = '/library/';
const POLICY = "default-src 'none'; sandbox";

/** Whether the gate gives the request to `createLibraryDownload`. */
export function isLibraryDownload(method: string | undefined, path: string): boolean {
  return path.startsWith(PREFIX) && path.length > PREFIX.length && (method === 'GET' || method === 'HEAD');
}

/** @returns the gate's handler for everything below /library/ */
export function createLibraryDownload(library: Pick<LibraryService, 'openFile'>) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      await send(library, req, res);
    } catch (error) {
      if (res.headersSent) return void res.destroy();
      const body = toErrorBody(error);
      if (body.code === 'internal') console.error('A download failed:', error);
      sendError(res, ERROR_STATUS[body.code], body);
    }
  };
}

async function send(library: Pick<LibraryService, 'openFile'>, req: IncomingMessage, res: ServerResponse) {
  const { handle, sizeBytes, name } = await library.openFile(refOf(req.url ?? ''));
  try {
    const { mtimeMs, ino } = await handle.stat();
    const tag = `"${sizeBytes}-${mtimeMs}-${ino}"`;
    const range = rangeOf(req, sizeBytes, tag);
    res.setHeader('Content-Type', 'application/octet-stream');
    res.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeRfc5987(name)}`);
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Content-Security-Policy', POLICY);
    res.setHeader('Accept-Ranges', 'bytes');
    res.setHeader('ETag', tag);
    if (range === 'unsatisfiable') {
      res.writeHead(416, { 'Content-Range': `bytes */${sizeBytes}`, 'Content-Length': 0 }).end();
      return;
    }
    const { from, to } = range ?? { from: 0, to: sizeBytes - 1 };
    if (range) res.setHeader('Content-Range', `bytes ${from}-${to}/${sizeBytes}`);
    res.writeHead(range ? 206 : 200, { 'Content-Length': to - from + 1 });
    if (req.method === 'HEAD' || sizeBytes === 0) res.end();
    else await pipeline(handle.createReadStream({ start: from, end: to, autoClose: false }), res);
  } finally {
    await handle.close();
  }
}

function refOf(url: string): string {
  const [path = ''] = url.split('?', 1);
  try {
    return parse(libraryRef, path.slice(PREFIX.length).split('/').map(decodeURIComponent).join('/'));
  } catch {
    throw new AppError('not_found', 'There is no such file in the library.');
  }
}

type Range = { from: number; to: number } | 'unsatisfiable' | null;

/** One range of bytes; several at once get the whole file, as RFC 9110 14.2 allows. */
function rangeOf({ headers }: IncomingMessage, sizeBytes: number, tag: string): Range {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range ?? '');
  if (!match || (headers['if-range'] !== undefined && headers['if-range'] !== tag)) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  return from > to || from >= sizeBytes ? 'unsatisfiable' : { from, to };
}

function encodeRfc5987(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
