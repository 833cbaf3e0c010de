import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { vmNamed } from '../live/testing';
import { PendingVerbs } from './pending-verbs';

describe('PendingVerbs', () => {
  const vm = vmNamed('web-1');
  let pending: PendingVerbs;
  beforeEach(() => {
    vi.useFakeTimers();
    pending = new PendingVerbs();
    pending.begin(vm, 'start');
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows a verb from the click on, whatever is pushed meanwhile', () => {
    expect(pending.find(vm)).toBe('start');
    expect(pending.find({ ...vm, status: 'starting' })).toBe('start');
  });

  it('shows it after the answer until the next push', () => {
    pending.settle(vm);
    expect(pending.find(vm)).toBe('start');
    expect(pending.find({ ...vm, status: 'running' })).toBeNull();
  });

  it('does not show it for ever when no push comes', () => {
    pending.settle(vm);
    vi.runAllTimers();
    expect(pending.find(vm)).toBeNull();
  });

  it('leaves a verb alone that was asked for after the settled one', () => {
    pending.settle(vm);
    pending.begin(vm, 'force-off');
    vi.runAllTimers();
    expect(pending.find(vm)).toBe('force-off');
  });

  it('shows the old state again after an error, and tells its listeners', () => {
    const heard = vi.fn();
    pending.subscribe(heard);
    pending.fail(vm);
    expect(pending.find(vm)).toBeNull();
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
