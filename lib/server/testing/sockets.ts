/** A server with Skep's sockets on a free port, a core whose parts the test brings, and browsers that do as told. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { SessionEnd, SerialPort, SessionView } from '../../core/types';
import { AppError } from '../../shared/errors';
import type { ServerEvent, SocketKind } from '../../shared/events';
import { attachSockets, type SocketsOptions } from '../ws';
import type { SocketLimits } from '../ws-registry';

export const ORIGIN = 'http://skep.test:7537';

export interface World {
  serial?: (vmId: string) => SerialPort;
  connectVnc?: (vmId: string) => Promise<Socket>;
  limits?: SocketLimits;
  dev?: boolean;
}

/** Tickets as the core's: single use, for one kind and VM. */
class Tickets {
  readonly #open = new Map<string, { session: SessionView; kind: SocketKind; vmId: string | null }>();
  #count = 0;

  issue(session: SessionView, kind: SocketKind, vmId: string | null): string {
    const ticket = `t${++this.#count}`;
    this.#open.set(ticket, { session, kind, vmId });
    return ticket;
  }

  redeem(ticket: string, kind: SocketKind, vmId: string | null): SessionView | null {
    const found = this.#open.get(ticket);
    this.#open.delete(ticket);
    return found && found.kind === kind && found.vmId === vmId ? found.session : null;
  }
}

const none = () => {
  throw new AppError('not_found', 'There is no such VM.');
};

/** Starts the server. `close` hangs up on everybody. */
export async function startSockets(world: World = {}) {
  const tickets = new Tickets();
  const endListeners = new Set<(end: SessionEnd) => void>();
  const liveListeners = new Set<(event: ServerEvent) => void>();
  const vmm = {
    vms: { serial: world.serial ?? none, connectVnc: world.connectVnc ?? none },
    auth: {
      redeemTicket: (...args: Parameters<Tickets['redeem']>) => tickets.redeem(...args),
      onSessionEnd: (listener: (end: SessionEnd) => void) => {
        endListeners.add(listener);
        return () => endListeners.delete(listener);
      },
    },
    live: {
      subscribe: (listener: (event: ServerEvent) => void) => {
        liveListeners.add(listener);
        return () => liveListeners.delete(listener);
      },
    },
  };
  const httpServer = createServer();
  const sockets = attachSockets({
    httpServer,
    vmm: vmm as unknown as SocketsOptions['vmm'],
    checkUpgrade: (req) => req.headers.origin === ORIGIN,
    limits: world.limits,
    dev: world.dev ?? false,
  });
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const { port } = httpServer.address() as AddressInfo;
  return {
    tickets,
    httpServer,
    liveListeners,
    url: `ws://127.0.0.1:${port}`,
    endSession: (end: SessionEnd) => endListeners.forEach((listener) => listener(end)),
    publish: (event: ServerEvent) => liveListeners.forEach((listener) => listener(event)),
    close: async () => {
      await sockets.close();
      httpServer.close();
      httpServer.closeAllConnections();
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof startSockets>>;

export const session = (userId = 'ann', sessionId = `s-${userId}`): SessionView => ({
  sessionId,
  userId,
  name: userId,
});

export interface BrowserOptions {
  session?: SessionView;
  ticket?: string;
  origin?: string | undefined;
}

const kindOf = (path: string) => path.split(/[/?]/)[2] as SocketKind;
const vmOf = (path: string) => new URL(path, 'http://x').searchParams.get('vm');

/** What a test's browser has heard. */
export class TestBrowser {
  readonly texts: string[] = [];
  readonly #chunks: Buffer[] = [];
  byteCount = 0;
  closeCode: number | undefined;
  /** The HTTP status of a refused upgrade. */
  refusedWith: number | undefined;
  readonly opened: Promise<void>;
  readonly closed: Promise<void>;

  constructor(readonly ws: WebSocket) {
    ws.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) return this.texts.push(data.toString());
      this.#chunks.push(data);
      return (this.byteCount += data.length);
    });
    this.opened = new Promise((resolve) => ws.on('open', resolve));
    this.closed = new Promise((resolve) => ws.on('close', () => resolve()));
    ws.on('close', (code) => (this.closeCode = code));
    ws.on('unexpected-response', (_, response) => {
      this.refusedWith = response.statusCode;
      ws.terminate();
    });
    ws.on('error', () => {});
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

/** Opens a socket as a page would: a ticket of its own unless one is given. */
export function browse(server: TestServer, path: string, options: BrowserOptions = {}): TestBrowser {
  const ticket = options.ticket ?? server.tickets.issue(options.session ?? session(), kindOf(path), vmOf(path));
  const origin = 'origin' in options ? options.origin : ORIGIN;
  const headers = origin === undefined ? {} : { origin };
  return new TestBrowser(new WebSocket(server.url + path, ['skep', `ticket.${ticket}`], { headers }));
}
