/**
 * All open sockets: how many there may be, whose they are, and whether their browsers still live.
 */
import type { WebSocket } from 'ws';
import type { SessionEnd, SessionView } from '../core/types';
import { CLOSE } from '../shared/events';
import { cut } from './ws-tools';

export interface SocketLimits {
  perSession: number;
  total: number;
  pingMs: number;
  /** Without a sign of life for this long a socket is cut. */
  silenceMs: number;
}

export const SOCKET_LIMITS: SocketLimits = { perSession: 32, total: 400, pingMs: 15_000, silenceMs: 45_000 };

/** "Service restart" (RFC 6455's registry): no reason not to come back, unlike `CLOSE.signedOut`. */
const RENEWED = 1012;

interface Member {
  session: SessionView;
  heardAt: number;
}

/** Whether the end of a session is this one's. */
export function isSessionOver(end: SessionEnd, session: SessionView): boolean {
  return end.sessionId === undefined ? session.userId === end.userId : session.sessionId === end.sessionId;
}

export class SocketRegistry {
  readonly #members = new Map<WebSocket, Member>();
  readonly #pinger: NodeJS.Timeout;

  constructor(private readonly limits: SocketLimits = SOCKET_LIMITS) {
    this.#pinger = setInterval(() => this.#ping(), limits.pingMs);
  }

  get size(): number {
    return this.#members.size;
  }

  /** Takes a socket in until it closes. @returns false when there are too many: it has been told to go */
  add(ws: WebSocket, session: SessionView): boolean {
    const member = { session, heardAt: Date.now() };
    const ofSession = [...this.#members.values()].filter((m) => m.session.sessionId === session.sessionId).length;
    if (ofSession >= this.limits.perSession || this.#members.size >= this.limits.total) {
      cut(ws, CLOSE.tooMany, 'Too many consoles and pages are open. Close some.');
      return false;
    }
    this.#members.set(ws, member);
    const heard = () => void (member.heardAt = Date.now());
    ws.on('pong', heard);
    ws.on('message', heard);
    ws.on('close', () => this.#members.delete(ws));
    return true;
  }

  /** Closes the sockets of one session, or of all of a user's. Those of a renewed one come back by themselves. */
  endSession(end: SessionEnd): void {
    for (const [ws, { session }] of this.#members) {
      const isOver = isSessionOver(end, session);
      if (isOver && end.isRenewed) cut(ws, RENEWED, 'The session was renewed.');
      else if (isOver) cut(ws, CLOSE.signedOut, 'Signed out.');
    }
  }

  /** Hangs up on everybody: Skep stops. Browsers come back by themselves when it starts again. */
  close(): void {
    clearInterval(this.#pinger);
    for (const ws of this.#members.keys()) {
      ws.close(1001, 'Skep stops.');
      ws.terminate();
    }
  }

  #ping(): void {
    const now = Date.now();
    for (const [ws, { heardAt }] of this.#members) {
      if (now - heardAt > this.limits.silenceMs) ws.terminate();
      else if (ws.readyState === ws.OPEN) ws.ping();
    }
  }
}
