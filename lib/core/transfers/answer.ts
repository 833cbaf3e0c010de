/** What a server's answer means for a download: where its bytes go, or why there is none. Pure. */
import type { IncomingHttpHeaders } from 'node:http';
import { MAX_DISK_BYTES } from '../../shared/device';
import { TransferError } from './transfer-error';

/** How far a download is. */
export interface Progress {
  doneBytes: number;
  /** Null when the server did not say. */
  totalBytes: number | null;
  /** What `If-Range` takes: a strong ETag, or a date. Null: the file cannot be gone on with. */
  validator: string | null;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** The host that answered, for sentences. */
  host: string;
}

/** No image is larger than the largest disk. */
const MAX_BYTES = MAX_DISK_BYTES;
const MAX_WAIT_MS = 60_000;
/** Answers of a server that is overloaded or being restarted. */
const PASSING = [408, 425, 429, 500, 502, 503, 504];

/**
 * The progress from which the body goes on: at 0 when the server sends the file from its start.
 *
 * @param before what was there when the request went out
 * @throws TransferError when the answer holds no file, or another part than was asked for
 */
export function readAnswer({ status, headers, host }: Answer, before: Progress): Progress {
  if (status === 206) return readPart({ status, headers, host }, before);
  if (status === 200) {
    const totalBytes = lengthOf(headers['content-length']);
    if (totalBytes !== null && totalBytes > MAX_BYTES)
      throw new TransferError('final', `${host} announces a file that is larger than any disk.`);
    return { doneBytes: 0, totalBytes, validator: validatorOf(headers) };
  }
  if (status === 416 && before.doneBytes > 0) {
    const total = /^bytes \*\/(\d{1,16})$/.exec(headers['content-range'] ?? '')?.[1];
    if (Number(total) === before.doneBytes) return { ...before, totalBytes: before.doneBytes };
    throw new TransferError('anew', `${host} has another file now.`);
  }
  if (PASSING.includes(status))
    throw new TransferError('again', `${host} is not able to answer now (${status}).`, undefined, waitOf(headers));
  throw new TransferError('final', `${host} does not give out this file: ${reasonOf(status)}.`);
}

/** True when the first bytes are those of a web page. */
export function looksLikeWebPage(start: Buffer): boolean {
  return /^(\ufeff|\s|<!--.{0,200}?-->|<\?xml[^>]*>)*<(!doctype html|html|head|body|script)\b/is.test(
    start.subarray(0, 1024).toString('utf8'),
  );
}

function readPart({ headers, host }: Answer, before: Progress): Progress {
  const [, from, to, total] = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16})$/.exec(headers['content-range'] ?? '') ?? [];
  const totalBytes = Number(total);
  const isAsked = before.doneBytes > 0 && Number(from) === before.doneBytes && Number(to) === totalBytes - 1;
  if (!isAsked || (before.totalBytes !== null && before.totalBytes !== totalBytes))
    throw new TransferError('anew', `${host} sent another part of the file than Skep asked for.`);
  return { ...before, totalBytes };
}

/** A weak ETag promises no equal bytes, so it is of no use here (RFC 9110, 13.1.5). */
function validatorOf(headers: IncomingHttpHeaders): string | null {
  const { etag } = headers;
  if (etag !== undefined && /^"[\u0021\u0023-\u007e]{0,200}"$/.test(etag)) return etag;
  const date = headers['last-modified'];
  return date !== undefined && /^[A-Za-z0-9,: ]{10,40}$/.test(date) ? date : null;
}

function lengthOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,20}$/.test(header) ? Number(header) : null;
}

function waitOf(headers: IncomingHttpHeaders): number {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0) * 1000, MAX_WAIT_MS) : 0;
}

function reasonOf(status: number): string {
  const known: Record<number, string> = {
    401: 'it asks for a password (401)',
    403: 'it is not allowed (403)',
    404: 'there is none at this address (404)',
    410: 'it is gone for good (410)',
  };
  return known[status] ?? `it answered with ${status}`;
}
