import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { ServerEvent, VmEvent } from '@/lib/shared/events';
import { applyEvent, initialState, KEPT_EVENTS, LiveStore, mergeEvents } from './live-store';
import { snapshotOf, vmNamed } from './testing';

const eventNumber = (id: number): VmEvent => ({
  id,
  at: '2026-11-23T10:00:00Z',
  kind: 'info',
  message: `event ${id}`,
  details: null,
  actor: null,
});

describe('applyEvent', () => {
  it('puts a new VM into the list by name', () => {
    const state = initialState(snapshotOf(1, [vmNamed('web2'), vmNamed('web10')]));
    const next = applyEvent(state, { type: 'vm', rev: 2, vm: vmNamed('web9') });
    expect(next.vms.map((vm) => vm.name)).toEqual(['web2', 'web9', 'web10']);
    expect(next.rev).toBe(2);
  });

  it('leaves the other VMs the same objects', () => {
    const state = initialState(snapshotOf(1, [vmNamed('a'), vmNamed('b')]));
    const next = applyEvent(state, { type: 'vm', rev: 2, vm: { ...vmNamed('b'), status: 'running' } });
    expect(next.byName.get('a')).toBe(state.byName.get('a'));
    expect(next.byName.get('b')?.status).toBe('running');
  });

  it('follows a rename by id', () => {
    const state = initialState(snapshotOf(1, [vmNamed('old')]));
    const next = applyEvent(state, { type: 'vm', rev: 2, vm: { ...vmNamed('old'), name: 'new-name' } });
    expect([...next.byName.keys()]).toEqual(['new-name']);
  });

  it('ignores what is not newer', () => {
    const state = initialState(snapshotOf(5, [vmNamed('a')]));
    expect(applyEvent(state, { type: 'vm-gone', rev: 5, id: 'id-a' })).toBe(state);
    expect(applyEvent(state, { type: 'vm', rev: 4, vm: vmNamed('b') })).toBe(state);
    expect(applyEvent(state, { type: 'alive' })).toBe(state);
  });

  it('takes a snapshot whatever its rev, and keeps unchanged VMs as they are', () => {
    const state = initialState(snapshotOf(900, [vmNamed('a'), vmNamed('b')]));
    const next = applyEvent(state, { type: 'snapshot', ...snapshotOf(1, [vmNamed('a')]) });
    expect(next.rev).toBe(1);
    expect(next.vms).toHaveLength(1);
    expect(next.byName.get('a')).toBe(state.byName.get('a'));
    expect(next.outdated).toBe(false);
  });

  it('notices another build', () => {
    const state = initialState(snapshotOf(1, []));
    const next = applyEvent(state, { type: 'snapshot', ...snapshotOf(1, []), build: 'another' });
    expect(next.outdated).toBe(true);
  });

  it('keeps a bounded list of events, newest first', () => {
    let state = initialState(snapshotOf(1, []));
    for (let id = 1; id <= KEPT_EVENTS + 5; id++)
      state = applyEvent(state, { type: 'vm-event', vmId: 'v', event: eventNumber(id) });
    const events = state.vmEvents.get('v') ?? [];
    expect(events).toHaveLength(KEPT_EVENTS);
    expect(events[0]?.id).toBe(KEPT_EVENTS + 5);
  });

  it('ends in the same state when old messages come again in any order', () => {
    const messages: ServerEvent[] = [
      { type: 'vm', rev: 2, vm: vmNamed('a') },
      { type: 'vm', rev: 3, vm: { ...vmNamed('a'), status: 'running' } },
      { type: 'vm-gone', rev: 4, id: 'id-b' },
    ];
    const start = initialState(snapshotOf(1, [vmNamed('b')]));
    const end = messages.reduce(applyEvent, start);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...messages)), (again) => {
        expect(again.reduce(applyEvent, end)).toBe(end);
      }),
    );
  });
});

describe('mergeEvents', () => {
  it('has each event once, newest first', () => {
    const merged = mergeEvents([eventNumber(3), eventNumber(2)], [eventNumber(2), eventNumber(1)]);
    expect(merged.map((event) => event.id)).toEqual([3, 2, 1]);
  });
});

describe('LiveStore', () => {
  it('tells its readers only about changes', () => {
    const store = new LiveStore(snapshotOf(1, []));
    const heard = vi.fn();
    const leave = store.subscribe(heard);
    store.apply({ type: 'alive' });
    store.setConnection('connecting');
    expect(heard).not.toHaveBeenCalled();
    store.setConnection('live');
    store.apply({ type: 'vm', rev: 2, vm: vmNamed('a') });
    expect(heard).toHaveBeenCalledTimes(2);
    leave();
    store.setConnection('lost');
    expect(heard).toHaveBeenCalledTimes(2);
  });
});
