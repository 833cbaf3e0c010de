import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLOSE } from '@/lib/shared/events';
import { Backoff } from '../live/backoff';
import { TicketRefused } from '../live/ticket';
import { ConsoleLink, type LinkPhase } from './console-link';

/** A socket that the test closes. */
class FakeSocket extends EventTarget {
  closedByUs = false;
  close(): void {
    this.closedByUs = true;
  }
  hangUp(code: number, reason = ''): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }));
  }
}

function setUp(fetchTicket: () => Promise<string> = () => Promise.resolve('t')) {
  const sockets: FakeSocket[] = [];
  const phases: LinkPhase[] = [];
  const tickets = vi.fn(fetchTicket);
  const link = new ConsoleLink({
    kind: 'vnc',
    vmId: 'v1',
    path: () => '/ws/vnc?vm=v1',
    attach: () => {},
    onState: (state) => phases.push(state.phase),
    fetchTicket: tickets,
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    backoff: new Backoff(() => 1),
  });
  return { link, sockets, phases, tickets };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('ConsoleLink', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('comes back by itself after each loss, with a ticket of its own', async () => {
    const { link, sockets, phases, tickets } = setUp();
    link.start();
    await pass(0);
    link.up();
    sockets[0]?.hangUp(1006);
    await pass(300);
    link.up();
    expect(sockets).toHaveLength(2);
    expect(tickets).toHaveBeenCalledTimes(2);
    expect(phases).toEqual(['connecting', 'connected', 'reconnecting', 'connected']);
    link.stop();
  });

  it('is back within 3 s of a restart however long that took', async () => {
    let up = false;
    const { link, sockets } = setUp(() => (up ? Promise.resolve('t') : Promise.reject(new TypeError('refused'))));
    link.start();
    await pass(90_000);
    up = true;
    await pass(2000);
    expect(sockets).toHaveLength(1);
    link.stop();
  });

  it('keeps the reason of the server while it tries', async () => {
    const { link, sockets } = setUp();
    link.start();
    await pass(0);
    sockets[0]?.hangUp(CLOSE.busy, 'Another program holds the serial port.');
    expect(link.state).toEqual({ phase: 'connecting', reason: 'Another program holds the serial port.' });
    await pass(300);
    expect(sockets).toHaveLength(2);
    link.up();
    expect(link.state.reason).toBeNull();
    link.stop();
  });

  it.each([
    [CLOSE.signedOut, /signed out/],
    [CLOSE.notFound, /does not exist/],
    [CLOSE.tooMany, /Too many/],
  ])('gives up when trying again cannot help: %i', async (code, reason) => {
    const { link, sockets } = setUp();
    link.start();
    await pass(0);
    sockets[0]?.hangUp(code);
    await pass(60_000);
    expect(link.state.phase).toBe('refused');
    expect(link.state.reason).toMatch(reason);
    expect(sockets).toHaveLength(1);
  });

  it('gives up without a session, and tries again when asked to', async () => {
    const { link, tickets } = setUp(() => Promise.reject(new TicketRefused(401, 'no')));
    link.start();
    await pass(60_000);
    expect(link.state.phase).toBe('refused');
    link.restart();
    await pass(0);
    expect(tickets).toHaveBeenCalledTimes(2);
  });

  it('does not wait when it is nudged', async () => {
    const { link, sockets } = setUp();
    link.start();
    await pass(0);
    sockets[0]?.hangUp(1006);
    link.nudge();
    await pass(0);
    expect(sockets).toHaveLength(2);
    link.stop();
  });

  it('takes a socket that says nothing for dead', async () => {
    const { link, sockets } = setUp();
    link.start();
    await pass(11_000);
    expect(sockets.length).toBeGreaterThan(1);
    expect(sockets[0]?.closedByUs).toBe(true);
    link.stop();
  });

  it('renews a socket from before the line was down, and leaves a newer one alone', async () => {
    const { link, sockets } = setUp();
    link.start();
    await pass(0);
    link.up();
    const before = link.token;
    link.renew(before);
    await pass(0);
    expect(sockets).toHaveLength(2);
    link.up();
    link.renew(before);
    await pass(0);
    expect(sockets).toHaveLength(2);
    link.stop();
  });

  it('stays off once it is stopped', async () => {
    const { link, sockets } = setUp();
    link.start();
    await pass(0);
    link.stop();
    sockets[0]?.hangUp(1006);
    await pass(10_000);
    expect(sockets).toHaveLength(1);
    expect(link.state.phase).toBe('off');
  });
});
