/**
 * Limits on connections (T-54), so that somebody who opens many and says nothing does not shut the others out.
 */
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { REFUSAL_POLICY, SECURITY_HEADERS } from './csp';

export const CONNECTION_LIMITS = {
  /** Of one address: browsers with many consoles, or a proxy with many browsers. */
  perAddress: 1000,
  /** Of one address and without a complete request yet; the oldest makes room for the newest. */
  silentPerAddress: 64,
};

/** What `http.createServer` is told: headers of at most 16 KiB within 10 s. The gate times bodies itself. */
export const SERVER_LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 0,
  connectionsCheckingInterval: 2_000,
} as const;

/** Counts a server's connections by address and cuts what is too many. */
export function limitConnections(server: Server, limits = CONNECTION_LIMITS): void {
  const open = new Map<string, Set<Socket>>();
  const silent = new WeakSet<Socket>();

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const sockets = open.get(address) ?? new Set<Socket>();
    if (sockets.size >= limits.perAddress) return void socket.destroy();
    const oldSilent = [...sockets].filter((other) => silent.has(other));
    if (oldSilent.length >= limits.silentPerAddress) oldSilent[0]?.destroy();
    silent.add(socket);
    sockets.add(socket);
    open.set(address, sockets);
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) open.delete(address);
    });
  });
  server.on('request', (req) => void silent.delete(req.socket));
  server.on('upgrade', (req) => void silent.delete(req.socket));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => answerBadRequest(error, socket));
}

/** Node's own short answers to what is no HTTP, with the headers that all of Skep's answers have. */
function answerBadRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  const headers = { ...SECURITY_HEADERS, 'Content-Security-Policy': REFUSAL_POLICY, 'Cache-Control': 'no-store' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}
