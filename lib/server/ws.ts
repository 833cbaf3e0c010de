/**
 * The way in for every WebSocket of Skep.
 *
 *   upgrade ─▶ gate (exact Host and Origin) ─▶ a path we know ─▶ ticket (single use, for this user, kind and VM)
 *           ─▶ handshake ─▶ limits ─▶ events | serial | vnc
 *
 * What fails before the handshake is refused as HTTP; afterwards as a close code with a sentence. From the ticket
 * to the handshake nothing waits, so no half-open handshake can pile up.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { SessionView, Vmm } from '../core/types';
import { isAppError } from '../shared/errors';
import { CLOSE, type SocketKind } from '../shared/events';
import { serialFrom } from '../shared/serial-protocol';
import { eventText, serveEvents } from './events-socket';
import { serveSerial } from './serial-socket';
import { bridgeVnc } from './vnc-bridge';
import { SOCKET_LIMITS, SocketRegistry, type SocketLimits } from './ws-registry';
import { cut } from './ws-tools';

const MAX_MESSAGE_BYTES = 64 * 1024;
const PROTOCOL = 'skep';
const TICKET_PREFIX = 'ticket.';
/** A close frame's reason has at most 123 bytes; a character that is cut in two may grow by two. */
const REASON_BYTES = 120;

export interface SocketsOptions {
  httpServer: Server;
  vmm: Pick<Vmm, 'vms' | 'auth' | 'live'>;
  /** True when Host and Origin are exactly ours. */
  checkUpgrade: (req: IncomingMessage) => boolean;
  limits?: SocketLimits;
  /** Next's development server has an upgrade of its own, which must get past us. */
  dev?: boolean;
}

/** What an upgrade request asks for. */
interface Wish {
  kind: SocketKind;
  vmId: string | null;
  viewOnly: boolean;
  from: { epoch: string; offset: number } | undefined;
}

/**
 * Takes over the server's upgrades.
 *
 * @returns `close` hangs up on every browser and gives the upgrades back
 */
export function attachSockets(options: SocketsOptions): { close(): Promise<void> } {
  const { httpServer, vmm, checkUpgrade, dev = Boolean(process.env.SKEP_DEV) } = options;
  const registry = new SocketRegistry(options.limits ?? SOCKET_LIMITS);
  const wss = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: () => PROTOCOL,
  });
  const toText = eventText();

  const onUpgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!checkUpgrade(req)) return refuse(socket, '403 Forbidden');
    const wish = readWish(req.url ?? '');
    if (wish === 'not ours') return dev ? undefined : refuse(socket, '404 Not Found');
    if (wish === 'malformed') return refuse(socket, '400 Bad Request');
    const ticket = readTicket(req);
    const session = ticket === null ? null : vmm.auth.redeemTicket(ticket, wish.kind, wish.vmId);
    if (!session) return refuse(socket, '401 Unauthorized');
    wss.handleUpgrade(req, socket, head, (ws) => welcome(ws, session, wish));
  };

  const welcome = (ws: WebSocket, session: SessionView, wish: Wish) => {
    // Broken frames and messages that are too long end the socket by themselves; 'close' follows.
    ws.on('error', () => {});
    if (registry.add(ws, session)) serve(ws, wish).catch((error: unknown) => closeWith(ws, error));
  };

  const serve = async (ws: WebSocket, { kind, vmId, viewOnly, from }: Wish) => {
    if (kind === 'events') serveEvents(ws, vmm.live, toText);
    else if (vmId === null) throw new TypeError('A console without a VM.');
    else if (kind === 'serial') serveSerial(ws, vmm.vms.serial(vmId), from);
    else await bridgeVnc({ ws, connect: () => vmm.vms.connectVnc(vmId), viewOnly });
  };

  httpServer.on('upgrade', onUpgrade);
  const unsubscribe = vmm.auth.onSessionEnd((end) => registry.endSession(end));
  return {
    close: async () => {
      httpServer.off('upgrade', onUpgrade);
      unsubscribe();
      registry.close();
      await new Promise<void>((done) => wss.close(() => done()));
    },
  };
}

function readWish(url: string): Wish | 'not ours' | 'malformed' {
  if (!url.startsWith('/ws/')) return 'not ours';
  const { pathname, searchParams } = new URL(url, 'http://skep.invalid');
  const vmId = searchParams.get('vm');
  const base = { vmId, viewOnly: searchParams.get('mode') === 'view', from: undefined };
  if (pathname === '/ws/events') return { ...base, kind: 'events', vmId: null };
  if (pathname !== '/ws/serial' && pathname !== '/ws/vnc') return 'not ours';
  if (!vmId) return 'malformed';
  if (pathname === '/ws/vnc') return { ...base, kind: 'vnc' };
  if (!searchParams.has('from')) return { ...base, kind: 'serial' };
  const from = serialFrom.safeParse({ epoch: searchParams.get('epoch'), offset: searchParams.get('from') });
  return from.success ? { ...base, kind: 'serial', from: from.data } : 'malformed';
}

/** The ticket of `Sec-WebSocket-Protocol: skep, ticket.…`, or null when the header is anything else. */
function readTicket(req: IncomingMessage): string | null {
  const [protocol, ticket, ...rest] = (req.headers['sec-websocket-protocol'] ?? '').split(',').map((p) => p.trim());
  if (protocol !== PROTOCOL || !ticket?.startsWith(TICKET_PREFIX) || rest.length > 0) return null;
  return ticket.slice(TICKET_PREFIX.length);
}

function refuse(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function closeWith(ws: WebSocket, error: unknown): void {
  if (!isAppError(error)) {
    console.error('A socket failed:', error);
    return cut(ws, 1011, 'Skep failed inside.');
  }
  const reason = Buffer.from(error.message).subarray(0, REASON_BYTES).toString();
  if (error.code === 'not_found') cut(ws, CLOSE.notFound, reason);
  else if (error.code === 'wrong_state') cut(ws, CLOSE.vmStopped, reason);
  else if (error.code === 'busy') cut(ws, CLOSE.busy, reason);
  // "Try again later": the browser does so by itself.
  else cut(ws, 1013, reason);
}
