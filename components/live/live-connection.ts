/**
 * Keeps one events socket open.
 *
 *   idle ──start──▶ asking for a ticket ──▶ opening ──first message──▶ live
 *                        ▲                                             │ closed, or silent for 12 s
 *                        └───── wait 0.25 … 0.8 s, or a wake ◀──── lost ◀┘
 *                                                  signed out: stays so until the page is loaded again
 */
import { CLOSE, type ServerEvent } from '@/lib/shared/events';
import { Backoff } from './backoff';
import type { LiveStore } from './live-store';
import { TicketRefused } from './ticket';

/** The server speaks at least every 5 s; this long without a word means that the line is dead. */
export const SILENCE_MS = 12_000;

/** What the connection needs of a browser; tests bring their own. */
export interface LiveDeps {
  fetchTicket(): Promise<string>;
  openSocket(ticket: string): WebSocket;
  backoff?: Backoff;
}

export class LiveConnection {
  #socket: WebSocket | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #silenceTimer: ReturnType<typeof setTimeout> | undefined;
  /** Counts tries: what an older try still brings is ignored. */
  #generation = 0;
  #stopped = true;
  readonly #backoff: Backoff;

  constructor(
    private readonly store: LiveStore,
    private readonly deps: LiveDeps,
  ) {
    this.#backoff = deps.backoff ?? new Backoff();
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    void this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    this.#drop();
  }

  /** The network or the tab came back: a waiting retry happens now, a socket that went silent is replaced. */
  wake(): void {
    if (this.#stopped || this.store.getState().connection === 'signed-out') return;
    if (this.#retryTimer !== undefined) {
      this.#backoff.reset();
      void this.#connect();
    }
  }

  /** The network is gone: says so at once instead of waiting for the silence to be noticed. */
  offline(): void {
    if (this.#stopped || this.store.getState().connection === 'signed-out') return;
    this.#lost();
  }

  #drop(): void {
    this.#generation++;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#silenceTimer);
    this.#retryTimer = undefined;
    this.#socket?.close();
    this.#socket = undefined;
  }

  async #connect(): Promise<void> {
    this.#drop();
    const generation = this.#generation;
    try {
      const ticket = await this.deps.fetchTicket();
      if (generation === this.#generation) this.#open(ticket, generation);
    } catch (error) {
      if (generation !== this.#generation) return;
      if (error instanceof TicketRefused && error.status === 401) this.#signedOut();
      else this.#lost();
    }
  }

  #open(ticket: string, generation: number): void {
    const socket = this.deps.openSocket(ticket);
    this.#socket = socket;
    this.#watchSilence();
    socket.onmessage = (message) => {
      if (generation !== this.#generation) return;
      this.#watchSilence();
      this.store.apply(JSON.parse(String(message.data)) as ServerEvent);
      this.#backoff.reset();
      this.store.setConnection('live');
    };
    socket.onclose = (close) => {
      if (generation !== this.#generation) return;
      if (close.code === CLOSE.signedOut) this.#signedOut();
      else this.#lost();
    };
  }

  #watchSilence(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.#lost(), SILENCE_MS);
  }

  #lost(): void {
    this.#drop();
    this.store.setConnection('lost');
    this.#retryTimer = setTimeout(() => void this.#connect(), this.#backoff.next());
  }

  #signedOut(): void {
    this.#drop();
    this.store.setConnection('signed-out');
  }
}
