import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLOSE } from '@/lib/shared/events';
import { Backoff } from './backoff';
import { LiveConnection, SILENCE_MS } from './live-connection';
import { LiveStore } from './live-store';
import { snapshotOf, vmNamed } from './testing';
import { TicketRefused } from './ticket';

/** A socket whose server is the test. */
class FakeSocket {
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((close: { code: number }) => void) | null = null;
  closed = false;

  close(): void {
    this.closed = true;
  }

  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

function setUp(fetchTicket: () => Promise<string> = () => Promise.resolve('t')) {
  const sockets: FakeSocket[] = [];
  const store = new LiveStore(snapshotOf(1, []));
  const connection = new LiveConnection(store, {
    fetchTicket: vi.fn(fetchTicket),
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    backoff: new Backoff(() => 1),
  });
  return { sockets, store, connection, state: () => store.getState().connection };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('LiveConnection', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is live from the first message on', async () => {
    const { sockets, store, connection, state } = setUp();
    connection.start();
    await settle();
    expect(state()).toBe('connecting');
    sockets[0]?.say({ type: 'snapshot', ...snapshotOf(7, [vmNamed('a')]) });
    expect(state()).toBe('live');
    expect(store.getState().vms).toHaveLength(1);
    connection.stop();
  });

  it('comes back by itself with a fresh socket', async () => {
    const { sockets, connection, state } = setUp();
    connection.start();
    await settle();
    sockets[0]?.say({ type: 'alive' });
    sockets[0]?.onclose?.({ code: 1006 });
    expect(state()).toBe('lost');
    await vi.advanceTimersByTimeAsync(260);
    expect(sockets).toHaveLength(2);
    sockets[1]?.say({ type: 'alive' });
    expect(state()).toBe('live');
    connection.stop();
  });

  it('never waits longer than 0.8 s between two tries', async () => {
    const fetchTicket = vi.fn(() => Promise.reject(new TypeError('no network')));
    const { connection } = setUp(fetchTicket);
    connection.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetchTicket.mock.calls.length).toBeGreaterThan(74);
    connection.stop();
  });

  it('takes silence for a dead line', async () => {
    const { sockets, connection, state } = setUp();
    connection.start();
    await settle();
    sockets[0]?.say({ type: 'alive' });
    await vi.advanceTimersByTimeAsync(SILENCE_MS);
    expect(state()).toBe('lost');
    expect(sockets[0]?.closed).toBe(true);
    connection.stop();
  });

  it('ignores what an abandoned socket still says', async () => {
    const { sockets, store, connection } = setUp();
    connection.start();
    await settle();
    connection.offline();
    sockets[0]?.say({ type: 'vm', rev: 9, vm: vmNamed('late') });
    expect(store.getState().vms).toHaveLength(0);
    connection.stop();
  });

  it('tries at once when the network is back', async () => {
    const { sockets, connection } = setUp();
    connection.start();
    await settle();
    connection.offline();
    connection.wake();
    await settle();
    expect(sockets).toHaveLength(2);
    connection.stop();
  });

  it.each([
    ['the server closes with it', () => Promise.resolve('t')],
    ['it gets no ticket', () => Promise.reject(new TicketRefused(401, 'no'))],
  ])('stops trying when signed out: %s', async (_, fetchTicket) => {
    const { sockets, connection, state } = setUp(fetchTicket);
    connection.start();
    await settle();
    sockets[0]?.onclose?.({ code: CLOSE.signedOut });
    expect(state()).toBe('signed-out');
    connection.wake();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sockets.length).toBeLessThanOrEqual(1);
    expect(state()).toBe('signed-out');
  });
});
