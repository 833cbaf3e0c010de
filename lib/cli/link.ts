/**
 * How the command reaches Skep.
 *
 *   --host/SKEP_URL given ──▶ https://… with an API token
 *   else                  ──▶ $SKEP_HOME/skep.sock, where whoever may open it is the owner
 */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { ApiRequest, ApiResponse } from '../shared/api/client';
import { errnoOf } from '../shared/errors';
import { CliError, EXIT, usageError } from './exit';

/** Where Skep is, and how to talk to it. */
export interface Link {
  /** For messages: an address, or the path of the socket. */
  name: string;
  /** The address of the pages when it is known from the command line, else null. */
  origin: string | null;
  /** Sends a request and reads the whole answer. @throws CliError when nothing answers */
  send(request: ApiRequest): Promise<ApiResponse>;
  /** Sends a request and hands over the answer while it comes. @throws CliError when nothing answers */
  open(request: RawRequest): Promise<IncomingMessage>;
  /** What a WebSocket client needs: address and headers. */
  socket(path: string): { url: string; headers: Record<string, string> };
}

/** A request whose body may be bytes. */
export interface RawRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array | string | null;
}

export interface Place {
  host?: string | undefined;
  token?: string | undefined;
  home?: string | undefined;
}

/** @throws CliError for an address that is none, or one that would send the token in the clear */
export function createLink({ host, token, home }: Place, env: NodeJS.ProcessEnv): Link {
  const address = host ?? env['SKEP_URL'];
  if (address === undefined) return localLink(join(homeFolder(home, env), 'skep.sock'));
  return remoteLink(readAddress(address), token ?? env['SKEP_TOKEN']);
}

/** As lib/core/home.ts finds it: SKEP_HOME, else /var/lib/skep for root, else the user's data folder. */
function homeFolder(home: string | undefined, env: NodeJS.ProcessEnv): string {
  const given = home ?? env['SKEP_HOME'];
  if (given) return resolve(given);
  if (process.getuid?.() === 0) return '/var/lib/skep';
  const data = env['XDG_DATA_HOME'];
  return join(data && isAbsolute(data) ? data : join(homedir(), '.local', 'share'), 'skep');
}

function readAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol))
    throw usageError(`“${text}” is no address such as https://box.lan:7537.`);
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'http:' && !isLoopback)
    throw usageError(
      `${url.origin} is not encrypted: whoever listens could read the token.`,
      'Use https, through a TLS proxy in front of Skep, or ssh -L and an address on 127.0.0.1.',
    );
  return url;
}

function localLink(socketPath: string): Link {
  const open = (request: RawRequest) => ask({ socketPath }, { host: 'localhost' }, request, socketPath, httpRequest);
  return {
    name: socketPath,
    origin: null,
    open,
    send: async (request) => toResponse(await open(request)),
    socket: (path) => ({ url: `ws+unix://${socketPath}:${path}`, headers: { host: 'localhost' } }),
  };
}

function remoteLink(url: URL, token: string | undefined): Link {
  if (!token)
    throw usageError(
      'An API token is missing.',
      'Make one on the Settings page, and give it in SKEP_TOKEN or --token.',
    );
  const headers = { authorization: `Bearer ${token}` };
  const target = { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port || undefined };
  const agent = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const open = (request: RawRequest) => ask(target, headers, request, url.origin, agent);
  return {
    name: url.origin,
    origin: url.origin,
    open,
    send: async (request) => toResponse(await open(request)),
    socket: (path) => ({
      url: `${url.origin.replace(/^http/, 'ws')}${path}`,
      headers: { ...headers, origin: url.origin },
    }),
  };
}

function ask(
  target: { socketPath: string } | { host: string; port: string | undefined },
  extra: Record<string, string>,
  { method, path, headers, body }: RawRequest,
  name: string,
  request: typeof httpRequest,
): Promise<IncomingMessage> {
  const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((done, fail) => {
    const asked = request({ ...target, method, path, headers: { ...headers, ...extra, ...length } }, done);
    asked.on('error', (error) => fail(noAnswer(name, error)));
    asked.end(body ?? undefined);
  });
}

async function toResponse(message: IncomingMessage): Promise<ApiResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) headers.set(name, [value ?? ''].flat().join(', '));
  return { status: message.statusCode ?? 0, headers, text: () => Promise.resolve(Buffer.concat(chunks).toString()) };
}

function noAnswer(name: string, error: unknown): CliError {
  const code = errnoOf(error);
  if (code === 'EACCES')
    return new CliError(EXIT.notAllowed, `Only the user who runs Skep may open ${name}.`, 'Use sudo, or an API token.');
  if (code === 'ENOENT' || code === 'ECONNREFUSED')
    return new CliError(
      EXIT.unreachable,
      `Nothing answers at ${name}: Skep does not run, or has another home.`,
      'Start it with npm start, or set SKEP_HOME or --home.',
    );
  const words = error instanceof Error ? error.message : String(error);
  return new CliError(EXIT.unreachable, `Skep does not answer at ${name}: ${words}.`);
}
