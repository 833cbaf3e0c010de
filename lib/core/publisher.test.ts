import { describe, expect, it, vi } from 'vitest';
import type { ServerEvent } from '../shared/events';
import type { HostView } from '../shared/host';
import type { VmView } from '../shared/vm';
import { Publisher } from './publisher';

const tick = () => new Promise((resolve) => setImmediate(resolve));

function setUp() {
  const vms = new Map<string, VmView>([['a', { id: 'a' } as VmView]]);
  const onWatched = vi.fn();
  const publisher = new Publisher({
    build: 'b1',
    vms: () => [...vms.values()],
    vm: (id) => vms.get(id),
    host: () => ({}) as HostView,
    library: () => [],
    tasks: () => [],
    folders: () => [],
    tags: () => [],
    trash: () => ({ keepDays: 7, items: [] }),
    stats: () => null,
    onWatched,
  });
  const events: ServerEvent[] = [];
  return { vms, onWatched, publisher, events, listen: () => publisher.subscribe((event) => events.push(event)) };
}

describe('Publisher', () => {
  it('begins with a snapshot and then counts up', async () => {
    const { publisher, events, listen } = setUp();
    listen();
    publisher.vmChanged('a');
    publisher.vmChanged('a');
    await tick();
    publisher.libraryChanged();
    expect(events.map((event) => event.type)).toEqual(['snapshot', 'vm', 'library']);
    const revs = events.map((event) => ('rev' in event ? event.rev : 0));
    expect(revs).toEqual([...revs].sort((x, y) => x - y));
    expect(new Set(revs).size).toBe(3);
  });

  it('tells that a VM is gone', async () => {
    const { vms, publisher, events, listen } = setUp();
    listen();
    vms.delete('a');
    publisher.vmChanged('a');
    await tick();
    expect(events.at(-1)).toMatchObject({ type: 'vm-gone', id: 'a' });
  });

  it('tells when the first watcher comes and the last one leaves', () => {
    const { onWatched, listen } = setUp();
    const first = listen();
    const second = listen();
    first();
    first();
    expect(onWatched.mock.calls).toEqual([[true]]);
    second();
    expect(onWatched.mock.calls).toEqual([[true], [false]]);
  });
});
