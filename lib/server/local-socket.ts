/**
 * $SKEP_HOME/skep.sock: HTTP for programs on this host. Only Skep's own user may open it, so whoever does is the
 * owner, and no password is asked.
 *
 *   POST /link      a new one-time sign-in link: {url, kind, expiresAt}
 *   /api/v1/…       the REST interface
 *   /ws/…           consoles and events, with a ticket
 */
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ERROR_STATUS, toErrorBody, type ErrorBody } from '../shared/errors';
import { limitBody } from './body-limit';
import { SERVER_LIMITS } from './gate-connections';
import { isApi } from './gate-rules';

type Verb = () => Promise<unknown>;

export interface LocalSocketOptions {
  /** What can be asked for, by method and path: `POST /link`. */
  verbs: Readonly<Record<string, Verb>>;
  /** The REST interface, for whom the asker is the owner. */
  api(req: IncomingMessage, res: ServerResponse): Promise<void>;
}

export interface LocalSocket {
  /** For the WebSockets, which attach to it. */
  server: Server;
  close(): void;
}

/** Listens on the socket. A file that a killed server left there is replaced: the home's lock is ours. */
export async function openLocalSocket(path: string, { verbs, api }: LocalSocketOptions): Promise<LocalSocket> {
  fs.rmSync(path, { force: true });
  const server: Server = createServer(SERVER_LIMITS, (req, res) => {
    if (!isApi(req.url?.split('?', 1)[0] ?? '')) return void answer(verbs, req, res);
    if (limitBody(req, res)) void api(req, res);
  });
  server.listen(path);
  await once(server, 'listening');
  fs.chmodSync(path, 0o600);
  return {
    server,
    close() {
      // Removes the file too.
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(verbs: Readonly<Record<string, Verb>>, req: IncomingMessage, res: ServerResponse): Promise<void> {
  req.resume();
  const key = `${req.method} ${req.url}`;
  const verb = Object.hasOwn(verbs, key) ? verbs[key] : undefined;
  if (!verb) return send(res, 404, { error: { code: 'not_found', message: 'There is no such address here.' } });
  try {
    send(res, 200, await verb());
  } catch (error) {
    console.error(`${key} on the local socket failed:`, error);
    const body: ErrorBody = toErrorBody(error);
    send(res, ERROR_STATUS[body.code], { error: body });
  }
}

function send(res: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }).end(body);
}
