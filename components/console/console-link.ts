/**
 * Keeps one console's socket open for as long as it is wanted.
 *
 *   off ──start──▶ connecting ──up()──▶ connected ──closed──▶ reconnecting ──▶ connected …
 *                      │ closed: again after 0.25 … 0.8 s            │
 *                      └──────────── refused ◀─────────────────────┘   signed out, gone, too many
 *
 * What is said on the socket is the owner's business (VNC or serial); it calls `up` when the console works.
 */
import { CLOSE, type SocketKind } from '@/lib/shared/events';
import { Backoff } from '../live/backoff';
import { TicketRefused } from '../live/ticket';

export type LinkPhase = 'off' | 'connecting' | 'connected' | 'reconnecting' | 'refused';

export interface LinkState {
  phase: LinkPhase;
  /** Why it is not connected, as a sentence of the server, or null. */
  reason: string | null;
}

export interface LinkOptions {
  kind: Exclude<SocketKind, 'events'>;
  vmId: string;
  /** The path and query of the next socket. */
  path(): string;
  /** Takes a fresh socket, still opening. */
  attach(socket: WebSocket): void;
  onState(state: LinkState): void;
  fetchTicket(kind: SocketKind, vmId: string): Promise<string>;
  openSocket(path: string, ticket: string): WebSocket;
  backoff?: Backoff;
}

/** From asking for a ticket to a working console; a guest that is starting has its own pace, so it is tried again. */
const UP_TIMEOUT_MS = 10_000;

const REFUSALS: ReadonlyMap<number, string> = new Map([
  [CLOSE.signedOut, 'You are signed out.'],
  [CLOSE.forbidden, 'You may not use this console.'],
  [CLOSE.notFound, 'This VM does not exist any more.'],
  [CLOSE.tooMany, 'Too many consoles and pages are open. Close some.'],
]);

const TICKET_REFUSALS: ReadonlyMap<number, string> = new Map([
  [401, 'You are signed out.'],
  [403, 'You may not use this console.'],
  [404, 'This VM does not exist any more.'],
]);

export class ConsoleLink {
  #state: LinkState = { phase: 'off', reason: null };
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting = false;
  #wasUp = false;
  /** Counts tries: what an older try still brings is ignored. */
  #generation = 0;
  readonly #backoff: Backoff;

  constructor(private readonly options: LinkOptions) {
    this.#backoff = options.backoff ?? new Backoff();
  }

  get state(): LinkState {
    return this.#state;
  }

  start(): void {
    if (this.#state.phase !== 'off') return;
    this.#wasUp = false;
    void this.#connect();
  }

  stop(): void {
    this.#drop();
    this.#set('off', null);
  }

  /** The console works: the next loss is answered quickly. */
  up(): void {
    clearTimeout(this.#timer);
    this.#backoff.reset();
    this.#wasUp = true;
    this.#set('connected', null);
  }

  /** The server is back or the tab was woken: does not wait any longer. */
  nudge(): void {
    if (!this.#waiting) return;
    this.#backoff.reset();
    void this.#connect();
  }

  /** Gives up the present socket for a new one. */
  restart(): void {
    if (this.#state.phase !== 'off') void this.#connect();
  }

  /** Names the present socket, or the present try. */
  get token(): number {
    return this.#generation;
  }

  /** The line was down since `token`: a socket from before may be dead without anyone having noticed. */
  renew(token: number): void {
    if (token === this.#generation) this.restart();
    else this.nudge();
  }

  #drop(): void {
    this.#generation++;
    clearTimeout(this.#timer);
    this.#waiting = false;
    this.#socket?.close();
    this.#socket = undefined;
  }

  async #connect(): Promise<void> {
    this.#drop();
    const generation = this.#generation;
    const { kind, vmId } = this.options;
    this.#set(this.#wasUp ? 'reconnecting' : 'connecting', this.#state.reason);
    try {
      const ticket = await this.options.fetchTicket(kind, vmId);
      if (generation === this.#generation) this.#open(ticket, generation);
    } catch (error) {
      if (generation !== this.#generation) return;
      const refusal = error instanceof TicketRefused ? TICKET_REFUSALS.get(error.status) : undefined;
      if (refusal) this.#refuse(refusal);
      else this.#retry(null);
    }
  }

  #open(ticket: string, generation: number): void {
    const socket = this.options.openSocket(this.options.path(), ticket);
    this.#socket = socket;
    socket.addEventListener('close', ({ code, reason }) => {
      if (generation !== this.#generation) return;
      const refusal = REFUSALS.get(code);
      if (refusal) this.#refuse(refusal);
      else this.#retry(code >= 4000 || code === 1013 ? reason || null : null);
    });
    this.#timer = setTimeout(() => this.#retry(null), UP_TIMEOUT_MS);
    this.options.attach(socket);
  }

  #retry(reason: string | null): void {
    this.#drop();
    this.#set(this.#wasUp ? 'reconnecting' : 'connecting', reason);
    this.#waiting = true;
    this.#timer = setTimeout(() => void this.#connect(), this.#backoff.next());
  }

  #refuse(reason: string): void {
    this.#drop();
    this.#set('refused', reason);
  }

  #set(phase: LinkPhase, reason: string | null): void {
    if (phase === this.#state.phase && reason === this.#state.reason) return;
    this.#state = { phase, reason };
    this.options.onState(this.#state);
  }
}
