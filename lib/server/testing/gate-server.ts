/** For tests: the gate on a real HTTP server on loopback, with a stand-in for Next that tells what it was given. */
import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TokenService, Vmm } from '../../core/types';
import { createApi } from '../api/api';
import { identifyByRequest } from '../api/identify';
import { createGate, type GateOptions } from '../gate';
import { limitConnections, SERVER_LIMITS, type CONNECTION_LIMITS } from '../gate-connections';
import { allowedHosts } from '../gate-hosts';

export const SESSION = { sessionId: 's1', userId: 'u1', name: 'admin' };

/** What the stand-in for Next answers as JSON. */
export interface Seen {
  url: string;
  headers: IncomingHttpHeaders;
  rawHeaders: string[];
  bodyBytes: number;
}

type ServerOptions = Partial<GateOptions> & { limits?: typeof CONNECTION_LIMITS };

export async function startGate(options: ServerOptions = {}) {
  const server = createServer(SERVER_LIMITS);
  limitConnections(server, options.limits);
  const hosts = () => allowedHosts({ boundAddress: '127.0.0.1', port: port(), extra: [], interfaces: [] });
  const port = () => (server.address() as AddressInfo).port;
  const session = async (headers: Headers) => (headers.get('cookie') === 'skep.session_token=good' ? SESSION : null);
  const gate = createGate({
    hosts,
    session,
    api: createApi({} as Vmm, identifyByRequest({ session, tokens: { check: () => null } as unknown as TokenService })),
    pages: async (req, res) => void res.end(JSON.stringify(await tell(req))),
    upload: async (_session, _req, res) => void res.end('uploaded'),
    download: async (_req, res) => void res.end('downloaded'),
    dev: false,
    ...options,
  });
  server.on('request', gate.handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    gate,
    server,
    port: port(),
    host: `127.0.0.1:${port()}`,
    ask: (target: string, more: Ask = {}) => ask(port(), target, more),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function tell(req: IncomingMessage): Promise<Seen> {
  let bodyBytes = 0;
  for await (const chunk of req) bodyBytes += (chunk as Buffer).length;
  return { url: req.url ?? '', headers: req.headers, rawHeaders: req.rawHeaders, bodyBytes };
}

export interface Ask {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
  signedIn?: boolean;
}

/** One request, as a browser on the right page sends it unless told otherwise. */
export async function ask(port: number, target: string, { method = 'GET', headers, body, signedIn }: Ask) {
  const req = request({
    host: '127.0.0.1',
    port,
    path: target,
    method,
    agent: false,
    headers: {
      // As browsers do; a connection that closes with the answer would break a long upload off.
      connection: 'keep-alive',
      ...(method === 'GET' ? {} : { origin: `http://127.0.0.1:${port}` }),
      ...(signedIn ? { cookie: 'skep.session_token=good' } : {}),
      ...headers,
    },
  });
  // The server may hang up while a refused body is still being sent; the answer counts.
  req.on('error', () => undefined);
  req.end(body);
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of res) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  req.destroy();
  return { status: res.statusCode, headers: res.headers, text, seen: () => JSON.parse(text) as Seen };
}
