import { describe, expect, it } from 'vitest';
import { movedInOrder, notBooted } from './boot-order';
import { draftFor } from './spec-draft';

describe('movedInOrder', () => {
  const order = ['disk0', 'disk1', 'cdrom0', 'nic0'];
  it.each([
    [['cdrom0'], 'disk0', 'before', ['cdrom0', 'disk0', 'disk1', 'nic0']],
    [['disk0'], 'cdrom0', 'after', ['disk1', 'cdrom0', 'disk0', 'nic0']],
    [['disk0', 'nic0'], 'disk1', 'after', ['disk1', 'disk0', 'nic0', 'cdrom0']],
    [['disk0'], 'disk0', 'after', order],
    [['disk0'], 'gone', 'after', order],
  ] as const)('moves %j to %s (%s)', (moved, target, place, wanted) => {
    expect(movedInOrder(order, new Set(moved), target, place)).toEqual(wanted);
  });
});

describe('notBooted', () => {
  it('names what could be booted from, and no other device', () => {
    const draft = { ...draftFor('linux', null), boot: { order: ['disk0'] } };
    expect(notBooted(draft).map((device) => device.id)).toEqual(['cdrom0', 'nic0']);
  });
});
