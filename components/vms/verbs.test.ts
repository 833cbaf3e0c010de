import { describe, expect, it } from 'vitest';
import { can } from '@/lib/shared/vm-can';
import { VM_STATUSES } from '@/lib/shared/vm';
import { mainVerbs, menuVerbs, warningFor } from './verbs';

describe('mainVerbs', () => {
  it.each(VM_STATUSES)('offers only what is possible while %s', (status) => {
    for (const verb of [...mainVerbs({ status }), ...menuVerbs({ status })])
      expect(can(verb, { name: 'a', status, operation: null }), verb).toBe(true);
  });
  it.each(VM_STATUSES)('shows no verb twice while %s', (status) => {
    const all = [...mainVerbs({ status }), ...menuVerbs({ status })];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('warningFor', () => {
  it('asks nothing where nothing is lost', () => expect(warningFor('shutdown', ['a'])).toBeNull());
  it('names the VM', () => expect(warningFor('force-off', ['web-1'])?.title).toBe('Force off: web-1?'));
  it('counts several', () => expect(warningFor('reset', ['a', 'b'])?.confirmLabel).toBe('Reset 2 VMs'));
});
