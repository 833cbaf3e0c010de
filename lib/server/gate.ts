/**
 * The first that sees a request, and the only way to Next.
 *
 *   request ─▶ rules (Host, Origin, path) ─▶ headers, limits ─▶ session, or public? ─▶ upload | download | Next
 *                   400 403 404 405 421          413 411 408   │       401, 303 /login
 *                                                              └─▶ /api/v1: asks who is there itself
 *
 * The session check here is default deny in front of the pages; every page, route and action checks again itself.
 */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { CLIENT_ADDRESS_HEADER } from '../core/auth-config';
import type { SessionView } from '../core/types';
import { toErrorBody } from '../shared/errors';
import { limitBody } from './body-limit';
import { contentSecurityPolicy, REFUSAL_POLICY, SECURITY_HEADERS } from './csp';
import { isApi, isPublic, judgeRequest, judgeUpgrade, type GateRules } from './gate-rules';
import { stripHeaders } from './gate-strip';
import { isLibraryDownload } from './library-download';
import { refusalBody, sendError } from './send-error';

const UPLOAD_PATH = '/upload/';

export interface GateOptions {
  /** Values of `Host` that are answered; asked for each request, for settings may change. */
  hosts(): ReadonlySet<string>;
  session(headers: Headers): Promise<SessionView | null>;
  /** Next. */
  pages(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** The REST interface. It checks the session, or the token, itself. */
  api(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Everything below /upload/. */
  upload(session: SessionView, req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Files of the library, for a browser to keep. */
  download(req: IncomingMessage, res: ServerResponse): Promise<void>;
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
  if (!isUpload && !limitBody(req, res, options.bodyTimeoutMs)) return;
  prepare(req, res, { host, path, dev: rules.dev });
  if (isApi(path)) return options.api(req, res);
  const session = isPublic(req.method ?? '', path, rules.dev) ? null : await options.session(cookiesOf(req));
  if (!session && !isPublic(req.method ?? '', path, rules.dev)) return sendToLogin(req, res, path);
  if (isUpload && session) return options.upload(session, req, res);
  if (session && isLibraryDownload(req.method, path)) return options.download(req, res);
  await options.pages(req, res);
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
  const isPage = (req.method === 'GET' || req.method === 'HEAD') && !/^\/(api\/(v1|auth)|upload)\//.test(path);
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

function factsOf(req: IncomingMessage) {
  return { method: req.method ?? '', target: req.url ?? '', rawHeaders: req.rawHeaders };
}

function cookiesOf(req: IncomingMessage): Headers {
  return new Headers(req.headers.cookie ? { cookie: req.headers.cookie } : {});
}
