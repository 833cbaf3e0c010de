/**
 * $SKEP_HOME/skep.sock: HTTP for programs on this host. Only Skep's own user may open it, so whoever does is the
 * owner, and no password is asked.
 *
 *   POST /link   a new one-time sign-in link: {url, kind, expiresAt}
 */
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ERROR_STATUS, toErrorBody, type ErrorBody } from '../shared/errors';
import { SERVER_LIMITS } from './gate-connections';

type Verb = () => Promise<unknown>;

export interface LocalSocket {
  close(): void;
}

/**
 * Listens on the socket. A file that a killed server left there is replaced: the home's lock is ours.
 *
 * @param verbs what can be asked for, by method and path: `POST /link`
 */
export async function openLocalSocket(path: string, verbs: Readonly<Record<string, Verb>>): Promise<LocalSocket> {
  fs.rmSync(path, { force: true });
  const server: Server = createServer(SERVER_LIMITS, (req, res) => void answer(verbs, req, res));
  server.listen(path);
  await once(server, 'listening');
  fs.chmodSync(path, 0o600);
  return {
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
