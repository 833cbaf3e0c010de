/**
 * /api/auth as browsers see it: the few endpoints of better-auth that Skep offers, with strict bodies, slowed-down
 * guessing, and Skep's own error shape. Everything else there is "not found".
 */
import type { z } from 'zod';
import { changePasswordInput, linkInput, setupInput, signInInput } from '../shared/account';
import { AppError, ERROR_STATUS, toErrorBody, type ErrorCode } from '../shared/errors';
import { parse } from '../shared/parse';
import { AUTH_PATH, CLIENT_ADDRESS_HEADER } from './auth-config';
import type { Limiter } from './parallel';
import type { SignInThrottle } from './sign-in-throttle';
import type { SessionView } from './types';

/** More sign-ins than this waiting for their turn to be hashed are sent away. */
const MAX_WAITING_FOR_HASH = 32;
const WRONG_PASSWORD = 'The name or the password is wrong. Try again.';

export interface AuthHttpOptions {
  handler(request: Request): Promise<Response>;
  session(headers: Headers): Promise<SessionView | null>;
  throttle: SignInThrottle;
  hashing: Limiter;
  /** Runs what replaces a session, and tells the old one's sockets. */
  renew(session: SessionView, work: () => Promise<Response>): Promise<Response>;
}

/** The request's parsed body and its session, for the endpoints that need them. */
interface Call {
  request: Request;
  address: string;
  body: unknown;
}

type Endpoint = (call: Call) => Promise<Response>;

/** @returns a handler for everything below /api/auth; it never throws */
export function createAuthHttp(options: AuthHttpOptions): (request: Request) => Promise<Response> {
  const endpoints = endpointsOf(options);
  return async (request) => {
    try {
      const { pathname } = new URL(request.url);
      const endpoint = endpoints[pathname.slice(AUTH_PATH.length)];
      if (!endpoint || request.method !== 'POST') throw new AppError('not_found', 'There is no such address here.');
      const body = await readJson(request);
      const address = request.headers.get(CLIENT_ADDRESS_HEADER) ?? 'unknown';
      return secured(request, await endpoint({ request, address, body }));
    } catch (error) {
      if (toErrorBody(error).code === 'internal') console.error('Sign-in failed inside:', error);
      return errorResponse(error);
    }
  };
}

function endpointsOf({ handler, session, throttle, hashing, renew }: AuthHttpOptions) {
  /** Hands a parsed body on to better-auth. */
  const pass = async (call: Call, body: unknown): Promise<Response> => {
    if (hashing.waiting() > MAX_WAITING_FOR_HASH) throw tooMany(5_000, false);
    const headers = new Headers(call.request.headers);
    headers.delete('content-length');
    const request = new Request(call.request.url, { method: 'POST', headers, body: JSON.stringify(body) });
    const response = await handler(request);
    if (response.status >= 500) throw new Error(`better-auth answered ${response.status}: ${await response.text()}`);
    return response;
  };

  /** One try with a password: counted before, and forgotten when it was right. */
  const tryPassword = async (account: string, call: Call, body: unknown): Promise<Response> => {
    const answer = throttle.begin(account, call.address);
    if (!answer.ok) throw tooMany(answer.retryAfterMs, answer.locked);
    const response = await pass(call, body);
    if (response.ok) answer.succeed();
    else throw new AppError('unauthorized', WRONG_PASSWORD);
    return response;
  };

  const linked =
    (schema: z.ZodType): Endpoint =>
    async (call) => {
      const response = await pass(call, parse(schema, call.body));
      return response.ok ? response : translated(response);
    };

  return {
    '/sign-in/username': async (call) => {
      const input = parse(signInInput, call.body);
      return withoutBody(await tryPassword(input.username, call, input));
    },
    '/setup': linked(setupInput),
    '/link': linked(linkInput),
    '/sign-out': async (call) => {
      // Also ends what an idle session left behind, and answers 200 when there is none.
      await session(call.request.headers);
      return withoutBody(await pass(call, {}));
    },
    '/change-password': async (call) => {
      const input = parse(changePasswordInput, call.body);
      const who = await session(call.request.headers);
      if (!who) throw new AppError('unauthorized', 'Sign in first.');
      const body = { ...input, revokeOtherSessions: true };
      return withoutBody(await renew(who, () => tryPassword(who.name, call, body)));
    },
  } as Record<string, Endpoint>;
}

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid_input', 'The request is no JSON.');
  }
}

/** Tells nothing but success: better-auth's answers carry session tokens that no page needs. */
function withoutBody(response: Response): Response {
  if (!response.ok) return response;
  const headers = new Headers({ 'content-type': 'application/json' });
  for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie);
  return new Response('{}', { status: 200, headers });
}

/** An error of better-auth in Skep's shape. Its sentences are kept for our own endpoints only. */
async function translated(response: Response): Promise<Response> {
  const body = (await response.json()) as { message?: string };
  const code: ErrorCode = response.status === 403 ? 'forbidden' : 'invalid_input';
  throw new AppError(code, body.message ?? 'That was refused.');
}

/** Cookies that a browser got over HTTPS must not travel without it. */
function secured(request: Request, response: Response): Response {
  if (!request.headers.get('origin')?.startsWith('https://')) return response;
  const headers = new Headers(response.headers);
  headers.delete('set-cookie');
  for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', `${cookie}; Secure`);
  return new Response(response.body, { status: response.status, headers });
}

function tooMany(retryAfterMs: number, locked: boolean): AppError {
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new AppError(
    'too_many_requests',
    locked
      ? 'Too many wrong passwords: this account takes no more from here. “npm run link” on the host prints a link that signs you in.'
      : `Too many tries. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then try again.`,
    { details: String(locked ? 3600 : seconds) },
  );
}

function errorResponse(error: unknown): Response {
  const body = toErrorBody(error);
  const headers = new Headers({ 'content-type': 'application/json' });
  if (body.code === 'too_many_requests' && body.details) {
    headers.set('retry-after', body.details);
    delete body.details;
  }
  return new Response(JSON.stringify({ error: body }), { status: ERROR_STATUS[body.code], headers });
}
