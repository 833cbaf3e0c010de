/**
 * Tickets for sockets (T-43): a page fetches one with its session, and the socket hands it in. A ticket opens one
 * socket of one kind for one VM, once, within 30 s, so that knowing a socket's address opens nothing.
 */
import { randomBytes } from 'node:crypto';
import type { SocketKind } from '../shared/events';
import type { SessionView } from './types';

export const TICKET_LIFETIME_MS = 30_000;
/** A session that asks for more loses its oldest ones. */
const MAX_PER_SESSION = 64;

interface Ticket {
  session: SessionView;
  kind: SocketKind;
  vmId: string | null;
  expiresAt: number;
}

export interface Tickets {
  issue(session: SessionView, kind: SocketKind, vmId: string | null): string;
  redeem(ticket: string, kind: SocketKind, vmId: string | null): SessionView | null;
  /** Voids the tickets of a session that ended. */
  drop(sessionId: string): void;
}

/** @param now monotonic time in ms */
export function createTickets(now: () => number = () => performance.now()): Tickets {
  const tickets = new Map<string, Ticket>();

  const removeOld = (sessionId: string) => {
    const time = now();
    for (const [key, ticket] of tickets) if (ticket.expiresAt <= time) tickets.delete(key);
    const own = [...tickets].filter(([, ticket]) => ticket.session.sessionId === sessionId);
    for (const [key] of own.slice(0, Math.max(0, own.length - MAX_PER_SESSION + 1))) tickets.delete(key);
  };

  return {
    issue(session, kind, vmId) {
      removeOld(session.sessionId);
      const ticket = randomBytes(24).toString('base64url');
      tickets.set(ticket, { session, kind, vmId, expiresAt: now() + TICKET_LIFETIME_MS });
      return ticket;
    },
    redeem(key, kind, vmId) {
      const ticket = tickets.get(key);
      // Used up by the first try, also by a wrong one.
      tickets.delete(key);
      if (!ticket || ticket.expiresAt <= now()) return null;
      return ticket.kind === kind && ticket.vmId === vmId ? ticket.session : null;
    },
    drop(sessionId) {
      for (const [key, ticket] of tickets) if (ticket.session.sessionId === sessionId) tickets.delete(key);
    },
  };
}
