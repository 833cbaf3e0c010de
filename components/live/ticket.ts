/** How a browser opens one of Skep's sockets: first a single-use ticket over HTTP, then the socket with it. */
import type { SocketKind } from '@/lib/shared/events';

/** Why there is no ticket. `gone` is true when trying again cannot help (signed out, forbidden, no such VM). */
export class TicketRefused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'TicketRefused';
  }

  get gone(): boolean {
    return this.status === 401 || this.status === 403 || this.status === 404;
  }
}

/** Longer than any healthy answer, short enough that a page on a broken network keeps trying. */
const TICKET_TIMEOUT_MS = 5000;

/**
 * Asks for a ticket that opens one socket within 30 s.
 *
 * @throws TicketRefused when the server said no; TypeError or DOMException when it could not be reached
 */
export async function fetchTicket(kind: SocketKind, vmId: string | null): Promise<string> {
  const response = await fetch('/api/v1/tickets', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind, vmId }),
    cache: 'no-store',
    signal: AbortSignal.timeout(TICKET_TIMEOUT_MS),
  });
  if (!response.ok) throw new TicketRefused(response.status, `The server answered ${response.status}.`);
  const body: unknown = await response.json();
  if (typeof body === 'object' && body !== null && 'ticket' in body && typeof body.ticket === 'string')
    return body.ticket;
  throw new TicketRefused(500, 'The server sent no ticket.');
}

/** The subprotocols that carry a ticket; the server answers with the first. */
export function ticketProtocols(ticket: string): string[] {
  return ['skep', `ticket.${ticket}`];
}

/** The address of a socket on the server that this page came from. */
export function socketUrl(path: string): string {
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${window.location.host}${path}`;
}
