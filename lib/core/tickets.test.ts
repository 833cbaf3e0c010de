import { describe, expect, it } from 'vitest';
import { createTickets, TICKET_LIFETIME_MS } from './tickets';

const session = { sessionId: 's1', userId: 'u1', name: 'admin' };

describe('tickets', () => {
  it('open one socket, once', () => {
    const tickets = createTickets();
    const ticket = tickets.issue(session, 'vnc', 'vm1');
    expect(tickets.redeem(ticket, 'vnc', 'vm1')).toEqual(session);
    expect(tickets.redeem(ticket, 'vnc', 'vm1')).toBeNull();
  });

  it.each([
    ['another kind', 'serial', 'vm1'],
    ['another VM', 'vnc', 'vm2'],
    ['no VM', 'vnc', null],
  ] as const)('are void after a try for %s', (_what, kind, vmId) => {
    const tickets = createTickets();
    const ticket = tickets.issue(session, 'vnc', 'vm1');
    expect(tickets.redeem(ticket, kind, vmId)).toBeNull();
    expect(tickets.redeem(ticket, 'vnc', 'vm1')).toBeNull();
  });

  it('last 30 seconds', () => {
    let time = 0;
    const tickets = createTickets(() => time);
    const [early, late] = [tickets.issue(session, 'events', null), tickets.issue(session, 'events', null)];
    time = TICKET_LIFETIME_MS - 1;
    expect(tickets.redeem(early, 'events', null)).toEqual(session);
    time = TICKET_LIFETIME_MS;
    expect(tickets.redeem(late, 'events', null)).toBeNull();
  });

  it('end with their session, and are not hoarded', () => {
    const tickets = createTickets();
    const other = { ...session, sessionId: 's2' };
    const many = Array.from({ length: 100 }, () => tickets.issue(session, 'events', null));
    const foreign = tickets.issue(other, 'events', null);
    expect(tickets.redeem(many[0]!, 'events', null)).toBeNull();
    expect(tickets.redeem(many[99]!, 'events', null)).toEqual(session);
    tickets.drop('s1');
    expect(tickets.redeem(many[98]!, 'events', null)).toBeNull();
    expect(tickets.redeem(foreign, 'events', null)).toEqual(other);
  });
});
