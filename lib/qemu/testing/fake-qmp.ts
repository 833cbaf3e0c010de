/** A QMP server for tests of the wire. It says what the test tells it to, as no QEMU would. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { LineSplitter } from '../qmp-wire';

const GREETING =
  '{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": "fake"}, "capabilities": []}}';

export interface Request {
  execute: string;
  arguments?: Record<string, unknown>;
  id: number;
}

/** Answers one request by writing to the socket. */
export type Answer = (request: Request, socket: Socket) => void;

export class FakeQmp {
  readonly requests: Request[] = [];
  readonly sockets: Socket[] = [];
  private readonly folder = mkdtempSync('/tmp/skf-');
  private readonly server: Server;

  private constructor(
    private readonly answer: Answer,
    private readonly greeting: string | null,
  ) {
    this.server = createServer((socket) => this.serve(socket));
  }

  /** @param greeting null: says nothing, like a monitor that another client holds */
  static async start(answer: Answer = ok, greeting: string | null = GREETING): Promise<FakeQmp> {
    const fake = new FakeQmp(answer, greeting);
    fake.server.listen(fake.path);
    await once(fake.server, 'listening');
    return fake;
  }

  get path(): string {
    return join(this.folder, 'qmp');
  }

  send(text: string): void {
    for (const socket of this.sockets) socket.write(text);
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private serve(socket: Socket): void {
    this.sockets.push(socket);
    socket.on('error', () => undefined); // the client may be gone before an answer
    if (this.greeting !== null) socket.write(`${this.greeting}\r\n`);
    const lines = new LineSplitter();
    socket.on('data', (chunk: Buffer) => {
      for (const line of lines.push(chunk)) this.take(JSON.parse(line) as Request, socket);
    });
  }

  private take(request: Request, socket: Socket): void {
    this.requests.push(request);
    if (request.execute === 'qmp_capabilities') ok(request, socket);
    else this.answer(request, socket);
  }
}

/** An empty reply. */
export const ok: Answer = ({ id }, socket) => socket.write(reply(id, {}));

export function reply(id: number, value: unknown): string {
  return `${JSON.stringify({ return: value, id })}\r\n`;
}

export function event(name: string, data: Record<string, unknown> = {}): string {
  return `${JSON.stringify({ timestamp: { seconds: 1, microseconds: 2 }, event: name, data })}\r\n`;
}
