/** For tests: the REST interface on a real core and a socket of its own, and a client that asks it. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import path from 'node:path';
import type { AuthService, SessionEnd, SessionView, TokenService, Vmm } from '../../core/types';
import { createClient, type ApiRequest } from '../../shared/api/client';
import { AppError } from '../../shared/errors';
import type { SocketKind } from '../../shared/events';
import type { NewToken } from '../../shared/token';
import { createApi, type Identify } from '../api/api';

export const ANNA: SessionView = { sessionId: 's1', userId: 'u1', name: 'anna' };

/** Sign-in as the interface sees it: anna is there, and her session ends when the test says so. */
export function fakeAuth() {
  const listeners = new Set<(end: SessionEnd) => void>();
  return {
    owner: async () => ({ userId: ANNA.userId, name: ANNA.name }),
    session: async (headers: Headers) => (headers.get('cookie') === 'good' ? ANNA : null),
    tokens: fakeTokens(),
    issueTicket: (_session: SessionView, kind: SocketKind) => `ticket-of-${kind}`,
    onSessionEnd(listener: (end: SessionEnd) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    end: (end: SessionEnd) => listeners.forEach((listener) => listener(end)),
  };
}

/** `skep_good` is a token of anna's, named ci. */
function fakeTokens(): TokenService {
  const made: NewToken[] = [];
  return {
    list: () => made.map(({ token: _, ...view }) => view),
    async create(_actor, { name }) {
      const id = randomUUID();
      const view = { id, name, hint: 'skep_aaaa', expiresAt: null, lastUsedAt: null, isExpired: false };
      made.push({ ...view, createdAt: new Date().toISOString(), token: 'skep_aaaa1' });
      return { ...view, createdAt: new Date().toISOString(), token: 'skep_aaaa1' };
    },
    async revoke(_actor, id) {
      const index = made.findIndex((token) => token.id === id);
      if (index === -1) throw new AppError('not_found', 'There is no such token.');
      made.splice(index, 1);
    },
    check: (token) => (token === 'skep_good' ? { ...ANNA, sessionId: 'token:t1', name: 'anna (ci)' } : null),
  };
}

/** Serves a core on a unix socket in a folder. */
export async function startApi(folder: string, core: Vmm, identify: Identify, auth = fakeAuth()) {
  const socketPath = path.join(folder, `api-${Math.random().toString(36).slice(2)}.sock`);
  const api = createApi({ ...core, auth: auth as unknown as AuthService }, identify);
  const server = createServer((req, res) => void api(req, res)).listen(socketPath);
  await once(server, 'listening');
  const send = (method: string, target: string, more: { headers?: Record<string, string>; body?: string } = {}) =>
    ask(socketPath, { method, path: target, headers: more.headers ?? {}, body: more.body ?? null });
  return {
    socketPath,
    auth,
    send,
    client: createClient((sent) => ask(socketPath, sent)),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function ask(socketPath: string, { method, path: target, headers, body }: ApiRequest) {
  const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const req = request({ socketPath, method, path: target, headers: { ...length, ...headers }, agent: false });
  req.end(body ?? undefined);
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of res) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return {
    status: res.statusCode ?? 0,
    headers: new Headers(Object.entries(res.headers).map(([name, value]): [string, string] => [name, String(value)])),
    text: async () => text,
    body: text,
    json: () => JSON.parse(text) as unknown,
  };
}
