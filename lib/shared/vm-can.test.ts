import { describe, expect, it } from 'vitest';
import { VM_STATUSES, VM_VERBS } from './vm';
import { allowedStatuses, can, whyNot } from './vm-can';

describe('vm-can', () => {
  it('has a sentence for every verb in every status in which it is not possible', () => {
    for (const verb of VM_VERBS)
      for (const status of VM_STATUSES) {
        const sentence = whyNot(verb, { name: 'alpha', status, operation: null });
        if (allowedStatuses(verb).includes(status)) expect(sentence).toBeNull();
        else expect(sentence).toMatch(/^[A-Z].* needs a VM that is .*; alpha is .*\.$/);
      }
  });

  it('refuses everything but force off and cancel while an operation is under way', () => {
    const operation = { verb: 'save' as const, startedAt: '2026-01-01T00:00:00Z', progress: null };
    const busy = { name: 'alpha', status: 'stopping' as const, operation };
    expect(whyNot('reset', busy)).toBe('alpha is busy: “save to disk” is still under way.');
    expect(can('force-off', busy)).toBe(true);
    expect(can('cancel', { ...busy, status: 'creating', operation: { ...operation, verb: 'create' } })).toBe(true);
  });

  it('keeps a protected VM from being deleted, and from nothing else', () => {
    const vm = { name: 'alpha', status: 'stopped' as const, operation: null, isProtected: true };
    expect(whyNot('delete', vm)).toBe('alpha is protected from deletion. Switch that off on its hardware page first.');
    expect(can('start', vm)).toBe(true);
  });
});
