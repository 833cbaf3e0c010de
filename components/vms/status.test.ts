import { describe, expect, it } from 'vitest';
import { VM_STATUSES } from '@/lib/shared/vm';
import { countByStatus, shownStatus, statusRank } from './status';

describe('shownStatus', () => {
  const operation = { verb: 'save' as const, startedAt: '2026-01-01T00:00:00Z', progress: null };
  it('shows what was just asked for before anything else', () =>
    expect(shownStatus({ status: 'stopped', operation: null }, 'start')).toEqual({
      kind: 'working',
      word: 'Starting',
    }));
  it('shows the operation under way before the status', () =>
    expect(shownStatus({ status: 'running', operation }, null).word).toBe('Saving'));
  it('shows the status otherwise', () =>
    expect(shownStatus({ status: 'crashed', operation: null }, null)).toEqual({ kind: 'attention', word: 'Crashed' }));
});

describe('statusRank', () => {
  it('places every status', () => expect(VM_STATUSES.map(statusRank)).not.toContain(-1));
  it('puts trouble first', () => expect(statusRank('crashed')).toBeLessThan(statusRank('running')));
});

describe('countByStatus', () => {
  it('counts and leaves out what is none', () =>
    expect(countByStatus([{ status: 'stopped' }, { status: 'running' }, { status: 'stopped' }])).toEqual([
      { status: 'running', count: 1 },
      { status: 'stopped', count: 2 },
    ]));
});
