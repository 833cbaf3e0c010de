/**
 * One GET of a URL that a user named, behind the guard.
 *
 *   URL ─▶ allowed addresses ─▶ connect to one of these ─▶ headers ─▶ 2xx: the answer
 *    ▲                                                        │
 *    └──────────── Location, at most 5 times ◀── 3xx ─────────┘
 *
 * Nothing of the user's goes along: no cookies, no credentials, no headers of theirs. Bodies are taken as they are; a
 * Content-Encoding is not undone, so no answer is larger than what came over the wire.
 */
import type { LookupAddress } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { parseDownloadUrl } from './download-url';
import { TransferError } from './transfer-error';
import { allowedAddresses, type Guard } from './guard';

const MAX_REDIRECTS = 5;
const MAX_HEADER_BYTES = 16 * 1024;
const REDIRECTS = [301, 302, 303, 307, 308];

export interface FetchLimits {
  /** For connection, TLS and headers together; a server that sends them byte by byte does not get longer. */
  headersMs: number;
}

export interface FetchRequest {
  url: URL;
  /** Go on from this byte, if the file is still the one with this validator. */
  resume: { fromBytes: number; validator: string } | null;
  guard: Guard;
  limits: FetchLimits;
  signal: AbortSignal;
  log(line: string): void;
}

export interface FetchAnswer {
  message: IncomingMessage;
  /** Where the answer came from, after all redirects. */
  url: URL;
}

/**
 * @returns the first answer that is no redirect, its body not read yet. Destroy `message` when it is not wanted.
 * @throws AppError of the guard; TransferError when the server cannot be reached or breaks the protocol
 */
export async function fetchFile(request: FetchRequest): Promise<FetchAnswer> {
  let { url } = request;
  for (let redirects = 0; ; redirects++) {
    const message = await get(url, await allowedAddresses(url, request.guard), request);
    const { location } = message.headers;
    if (!REDIRECTS.includes(message.statusCode ?? 0) || location === undefined) return { message, url };
    message.destroy();
    if (redirects === MAX_REDIRECTS)
      throw new TransferError('final', `${url.host} passed on to another address more than ${MAX_REDIRECTS} times.`);
    const next = parseDownloadUrl(location, url);
    request.log(`${url.host} passed on to ${next.host}.`);
    if (url.protocol === 'https:' && next.protocol === 'http:')
      request.log('From there on, the connection is not encrypted.');
    url = next;
  }
}

function get(url: URL, addresses: LookupAddress[], request: FetchRequest): Promise<IncomingMessage> {
  const { resume, limits, signal } = request;
  return new Promise((resolve, reject) => {
    const { request: send } = url.protocol === 'https:' ? https : http;
    const req = send(url, {
      // A connection of its own: none that was opened for another name or another check.
      agent: false,
      lookup: pinnedTo(addresses),
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
      headers: {
        'User-Agent': 'Skep',
        Accept: '*/*',
        'Accept-Encoding': 'identity',
        Connection: 'close',
        ...(resume ? { Range: `bytes=${resume.fromBytes}-`, 'If-Range': resume.validator } : {}),
      },
    });
    const timer = setTimeout(() => {
      req.destroy(new TransferError('again', `${url.host} did not answer in time.`));
    }, limits.headersMs);
    req.on('response', (message) => {
      clearTimeout(timer);
      // Its reader hears of a cut too; without a reader, it must not end the process.
      message.on('error', () => undefined);
      resolve(message);
    });
    req.on('error', (error) => {
      clearTimeout(timer);
      reject(signal.aborted || error instanceof TransferError ? error : toTransferError(url, error));
    });
    // 101 and CONNECT are never asked for.
    req.on('upgrade', (_message, socket) => socket.destroy(new Error('an upgrade that nobody asked for')));
    req.end();
  });
}

/** A resolver that knows the checked addresses only. */
function pinnedTo(addresses: LookupAddress[]): LookupFunction {
  return (_hostname, options, answer) => {
    const [first] = addresses;
    if (options.all) answer(null, addresses);
    else answer(first ? null : new Error('no address'), first?.address ?? '', first?.family);
  };
}

function toTransferError(url: URL, error: NodeJS.ErrnoException): TransferError {
  const code = error.code ?? '';
  if (code === 'HPE_HEADER_OVERFLOW')
    return new TransferError('final', `${url.host} answered with more headers than Skep reads.`);
  if (code.startsWith('HPE_'))
    return new TransferError('final', `${url.host} does not answer as a web server does.`, code);
  if (/^(ERR_TLS|CERT_|DEPTH_|SELF_|UNABLE_TO|ERR_SSL|EPROTO)/.test(code))
    return new TransferError('final', `The encrypted connection to ${url.host} failed: ${tlsReason(code)}.`, code);
  const reason =
    {
      ECONNREFUSED: 'it refused the connection',
      ECONNRESET: 'it cut the connection',
      EHOSTUNREACH: 'no way leads there',
    }[code] ?? 'the connection failed';
  return new TransferError('again', `${url.host} cannot be reached: ${reason}.`, code);
}

function tlsReason(code: string): string {
  if (code === 'CERT_HAS_EXPIRED') return 'its certificate has expired';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'its certificate is for another name';
  if (/SELF_SIGNED|UNABLE_TO|DEPTH_/.test(code)) return 'its certificate is from nobody that this host trusts';
  return 'the two do not agree how to encrypt';
}
