/** A web server with bad manners, for tests. Each path is one of them; the file behind all of them is the same. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';

const SIZE_BYTES = 300_000;
const ETAG = '"one"';

/** What a path does with the n-th request for it, counted from 1. */
type Behaviour = (socket: Socket, request: IncomingMessage, n: number) => void;

export class BadServer {
  readonly file = randomBytes(SIZE_BYTES);
  readonly sha256 = createHash('sha256').update(this.file).digest('hex');
  /** Requests as they came: method, path and range. */
  readonly seen: string[] = [];
  private readonly counts = new Map<string, number>();
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor() {
    this.server = createServer();
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.server.on('request', (request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      const n = (this.counts.get(path) ?? 0) + 1;
      this.counts.set(path, n);
      this.seen.push([request.method, path, request.headers.range].filter(Boolean).join(' '));
      const socket = response.socket;
      if (socket) (this.behaviours[path.slice(1)] ?? this.missing)(socket, request, n);
    });
  }

  /** Every path behaves again as it does for the first request. */
  forget(): void {
    this.seen.length = 0;
    this.counts.clear();
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** @param host another name for this server */
  url(path: string, host = '127.0.0.1'): string {
    return `http://${host}:${this.port}/${path}`;
  }

  private readonly missing: Behaviour = (socket) => void socket.end(head(404, ['Content-Length: 0']));

  /** Sends the file, or the part that was asked for. */
  private send(socket: Socket, request: IncomingMessage, more: string[] = [`ETag: ${ETAG}`]): void {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const isPart = from > 0 && request.headers['if-range'] === ETAG;
    if (isPart && from >= SIZE_BYTES) return void socket.end(head(416, [`Content-Range: bytes */${SIZE_BYTES}`]));
    const body = isPart ? this.file.subarray(from) : this.file;
    const range = isPart ? [`Content-Range: bytes ${from}-${SIZE_BYTES - 1}/${SIZE_BYTES}`] : [];
    socket.write(head(isPart ? 206 : 200, [`Content-Length: ${body.length}`, ...range, ...more]));
    socket.end(body);
  }

  /** Announces the whole file, sends so much of it, and hangs up. */
  private cut(socket: Socket, bytes: number, more: string[] = [`ETag: ${ETAG}`]): void {
    socket.write(head(200, [`Content-Length: ${SIZE_BYTES}`, ...more]));
    socket.write(this.file.subarray(0, bytes), () => socket.destroy());
  }

  private readonly behaviours: Record<string, Behaviour> = {
    good: (socket, request) => this.send(socket, request),
    named: (socket, request) =>
      this.send(socket, request, [`Content-Disposition: attachment; filename="../../etc/passwd.iso"`]),
    'cut-once': (socket, request, n) => (n === 1 ? this.cut(socket, 200_000) : this.send(socket, request)),
    'cut-always': (socket) => this.cut(socket, 1000, []),
    'cut-without-etag': (socket, request, n) =>
      n === 1 ? this.cut(socket, 200_000, []) : this.send(socket, request, []),
    'cut-weak-etag': (socket, request, n) =>
      n === 1 ? this.cut(socket, 200_000, ['ETag: W/"one"']) : this.send(socket, request),
    'changed-after-cut': (socket, request, n) =>
      n === 1 ? this.cut(socket, 200_000, ['ETag: "another"']) : this.send(socket, request),
    'wrong-part': (socket, request, n) => {
      if (n === 1) return this.cut(socket, 200_000);
      if (n > 2) return this.send(socket, request);
      socket.write(head(206, ['Content-Length: 10', `Content-Range: bytes 5-14/${SIZE_BYTES}`]));
      socket.end(this.file.subarray(5, 15));
    },
    'reset-at-once': (socket, request, n) => (n === 1 ? socket.resetAndDestroy() : this.send(socket, request)),
    'busy-once': (socket, request, n) =>
      n === 1 ? void socket.end(head(503, ['Retry-After: 0'])) : this.send(socket, request),
    'busy-always': (socket) => void socket.end(head(503, [])),
    chunked: (socket) => {
      socket.write(head(200, ['Transfer-Encoding: chunked']));
      for (let at = 0; at < SIZE_BYTES; at += 100_000) {
        socket.write(`${(100_000).toString(16)}\r\n`);
        socket.write(this.file.subarray(at, at + 100_000));
        socket.write('\r\n');
      }
      socket.end('0\r\n\r\n');
    },
    'cut-chunked': (socket, request, n) => {
      if (n > 1) return this.send(socket, request);
      socket.write(head(200, ['Transfer-Encoding: chunked']));
      socket.write('ffff\r\nabc', () => socket.destroy());
    },
    'no-length': (socket) => {
      socket.write(head(200, []));
      socket.end(this.file);
    },
    longer: (socket) => {
      socket.write(head(200, ['Content-Length: 1000']));
      socket.end(this.file);
    },
    'two-lengths': (socket) => {
      socket.write(head(200, ['Content-Length: 10', `Content-Length: ${SIZE_BYTES}`]));
      socket.end(this.file);
    },
    huge: (socket) => void socket.write(head(200, ['Content-Length: 9999999999999999'])),
    'more-than-fits': (socket) => void socket.write(head(200, [`Content-Length: ${15 * 1024 ** 4}`])),
    empty: (socket) => void socket.end(head(200, ['Content-Length: 0'])),
    gzip: (socket) => {
      const body = gzipSync(Buffer.alloc(10_000_000));
      socket.write(head(200, [`Content-Length: ${body.length}`, 'Content-Encoding: gzip']));
      socket.end(body);
    },
    page: (socket) => {
      const body = '\n<!-- a comment --><!DOCTYPE html><title>Choose a mirror</title>';
      socket.end(`${head(200, [`Content-Length: ${body.length}`, 'Content-Type: application/octet-stream'])}${body}`);
    },
    'many-headers': (socket) => void socket.end(head(200, [`X-Long: ${'x'.repeat(100_000)}`])),
    'no-http': (socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    silent: () => undefined,
    'slow-headers': (socket) => drip(socket, 'HTTP/1.1 200 OK\r\nX-Slow: ', 'a'),
    'slow-body': (socket) => drip(socket, head(200, [`Content-Length: ${SIZE_BYTES}`]), 'a'),
    forbidden: (socket) => void socket.end(head(403, ['Content-Length: 6']) + 'secret'),
    loop: (socket) => void socket.end(head(302, ['Location: /loop'])),
    'to-good': (socket) => void socket.end(head(302, ['Location: /good'])),
    'to-loopback': (socket) => void socket.end(head(302, [`Location: http://localhost:${this.port}/good`])),
    'to-metadata': (socket) => void socket.end(head(301, ['Location: http://169.254.169.254/latest/'])),
    'to-file': (socket) => void socket.end(head(302, ['Location: file:///etc/passwd'])),
    'to-credentials': (socket) => void socket.end(head(302, [`Location: http://a:b@127.0.0.1:${this.port}/good`])),
    'to-nowhere': (socket) => void socket.end(head(302, [])),
    SHA256SUMS: (socket) => {
      const body = `${'0'.repeat(64)} *other.iso\n${this.sha256} *good\n`;
      socket.end(`${head(200, [`Content-Length: ${body.length}`])}${body}`);
    },
  };
}

function head(status: number, headers: string[]): string {
  return [`HTTP/1.1 ${status} Whatever`, 'Connection: close', ...headers, '', ''].join('\r\n');
}

/** Sends a byte now and then until the other side has had enough. */
function drip(socket: Socket, start: string, byte: string): void {
  socket.write(start);
  const timer = setInterval(() => socket.write(byte), 20);
  socket.on('close', () => clearInterval(timer));
}
