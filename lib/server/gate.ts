/**
 * The first that sees a request, and the only way to Next.
 *
 *   request ─▶ rules (Host, Origin, path) ─▶ headers, limits ─▶ session, or public? ─▶ upload | Next
 *                   400 403 404 405 421          413 411 408           401, 303 /login
 *
 * The session check here is default deny in front of the pages; every page, route and action checks again itself.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { CLIENT_ADDRESS_HEADER } from '../core/auth-config';
import type { SessionView } from '../core/types';
import { toErrorBody, type ErrorBody } from '../shared/errors';
import { contentSecurityPolicy, REFUSAL_POLICY, SECURITY_HEADERS } from './csp';
import { isPublic, judgeRequest, judgeUpgrade, type GateRules } from './gate-rules';
import { stripHeaders } from './gate-strip';

/** JSON bodies and server actions; uploads have a way of their own. */
export const MAX_BODY_BYTES = 256 * 1024;
const BODY_TIMEOUT_MS = 60_000;
const LINGER_MS = 2_000;
const UPLOAD_PATH = '/upload/';

export interface GateOptions {
  /** Values of `Host` that are answered; asked for each request, for settings may change. */
  hosts(): ReadonlySet<string>;
  session(headers: Headers): Promise<SessionView | null>;
  /** Next. */
  pages(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Everything below /upload/. */
  upload(session: SessionView, req: IncomingMessage, res: ServerResponse): Promise<void>;
  dev: boolean;
  bodyTimeoutMs?: number;
}

export interface Gate {
  /** The request listener of the HTTP server. */
  handle: RequestListener;
  /** Whether a WebSocket may be opened: exact Host and exact Origin. */
  checkUpgrade(req: IncomingMessage): { ok: true } | { ok: false; status: number };
}

export function createGate(options: GateOptions): Gate {
  const rules = (): GateRules => ({ hosts: options.hosts(), dev: options.dev });
  return {
    handle(req, res) {
      admit(options, rules(), req, res).catch((error: unknown) => {
        console.error(`${req.method} ${req.url?.split('?', 1)[0]} failed:`, error);
        sendError(res, 500, toErrorBody(error));
      });
    },
    checkUpgrade(req) {
      const verdict = judgeUpgrade(factsOf(req), rules());
      return verdict.ok ? { ok: true } : { ok: false, status: verdict.status };
    },
  };
}

async function admit(options: GateOptions, rules: GateRules, req: IncomingMessage, res: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) res.setHeader(name, value);
  const verdict = judgeRequest(factsOf(req), rules);
  if (!verdict.ok) return sendError(res, verdict.status, refusalBody(verdict.status, verdict.message));
  const { host, path } = verdict;
  const isUpload = path.startsWith(UPLOAD_PATH);
  if (!isUpload && !limitBody(req, res, options.bodyTimeoutMs ?? BODY_TIMEOUT_MS)) return;
  prepare(req, res, { host, path, dev: rules.dev });
  const session = isPublic(req.method ?? '', path, rules.dev) ? null : await options.session(cookiesOf(req));
  if (!session && !isPublic(req.method ?? '', path, rules.dev)) return sendToLogin(req, res, path);
  if (isUpload && session) return options.upload(session, req, res);
  await options.pages(req, res);
}

/** Refuses a body that is too long or of unknown length, and cuts one off that does not arrive. */
function limitBody(req: IncomingMessage, res: ServerResponse, timeoutMs: number): boolean {
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

/** Says to Next, and to Next only, who asks and which nonce its scripts get. */
function prepare(req: IncomingMessage, res: ServerResponse, about: { host: string; path: string; dev: boolean }): void {
  stripHeaders(req);
  const policy = contentSecurityPolicy({ ...about, nonce: randomBytes(16).toString('base64') });
  req.headers['content-security-policy'] = policy;
  req.headers[CLIENT_ADDRESS_HEADER] = req.socket.remoteAddress ?? 'unknown';
  res.setHeader('Content-Security-Policy', policy);
  // Next marks the files of a build as cacheable for ever, unless there is a word on it already.
  if (!about.path.startsWith('/_next/static/')) res.setHeader('Cache-Control', 'no-store');
}

function sendToLogin(req: IncomingMessage, res: ServerResponse, path: string): void {
  const isPage = (req.method === 'GET' || req.method === 'HEAD') && !/^\/(api|upload)\//.test(path);
  if (!isPage) return sendError(res, 401, { code: 'unauthorized', message: 'Sign in first.' });
  if (isFollowedLink(req)) return askAgain(res);
  const next = path === '/' ? '' : `?next=${encodeURIComponent(req.url ?? path)}`;
  res.writeHead(303, { Location: `/login${next}`, 'Content-Length': 0 }).end();
}

/** Somebody followed a link on another site: the browser keeps a strict cookie back, once. */
function isFollowedLink(req: IncomingMessage): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode, cookie } = req.headers;
  return site === 'cross-site' && mode === 'navigate' && !cookie?.includes('skep.session_token=');
}

/** Lets the browser ask once more from a page of ours; it then sends the cookie, if it has one. */
function askAgain(res: ServerResponse): void {
  const body = '<!doctype html><meta http-equiv="refresh" content="0"><title>Skep</title>';
  res.setHeader('Content-Security-Policy', REFUSAL_POLICY);
  res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': body.length }).end(body);
}

/** Answers with an error in Skep's shape. */
export function sendError(res: ServerResponse, status: number, error: ErrorBody): void {
  if (res.headersSent) return void res.destroy();
  const body = JSON.stringify({ error });
  res.setHeader('Content-Security-Policy', REFUSAL_POLICY);
  res.setHeader('Cache-Control', 'no-store');
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  res.end(res.req.method === 'HEAD' ? undefined : body);
  if (!res.req.complete) drain(res.req);
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

function refusalBody(status: number, message: string): ErrorBody {
  if (status === 404) return { code: 'not_found', message };
  return { code: status === 403 || status === 421 ? 'forbidden' : 'invalid_input', message };
}

function factsOf(req: IncomingMessage) {
  return { method: req.method ?? '', target: req.url ?? '', rawHeaders: req.rawHeaders };
}

function cookiesOf(req: IncomingMessage): Headers {
  return new Headers(req.headers.cookie ? { cookie: req.headers.cookie } : {});
}
