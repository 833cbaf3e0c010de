import { describe, expect, it } from 'vitest';
import { asErrors, firstError, mergeNotes, specErrors, toFieldKeys } from './field-keys';
import { draftFor, updateDevice } from './spec-draft';

const draft = draftFor('linux', null);

describe('specErrors', () => {
  it('is empty for a valid draft', () => {
    expect(specErrors(draft)).toEqual({});
  });

  it('names fields of devices by id', () => {
    const bad = updateDevice({ ...draft, memoryMiB: 1 }, 'nic', 'nic0', (nic) => ({
      ...nic,
      network: {
        ...nic.network,
        forwards: [{ protocol: 'tcp', hostAddress: '127.0.0.1', hostPort: 80, guestPort: 80 }],
      },
    }));
    expect(Object.keys(specErrors(bad)).sort()).toEqual(['devices.nic0.network.forwards.0.hostPort', 'memoryMiB']);
  });
});

describe('toFieldKeys', () => {
  it('leaves what is no device', () => {
    expect(toFieldKeys(draft, { 'devices.99.bus': 'a', devices: 'b', name: 'c' })).toEqual({
      'devices.99.bus': 'a',
      devices: 'b',
      name: 'c',
    });
  });
});

describe('mergeNotes', () => {
  it('lets errors beat warnings and the first source win', () => {
    const notes = mergeNotes(
      { a: { level: 'warning', message: 'one' }, b: { level: 'error', message: 'two' } },
      asErrors({ a: 'three', b: 'four' }),
    );
    expect(notes.a?.message).toBe('three');
    expect(notes.b?.message).toBe('two');
    expect(firstError(notes)).toBe('three');
    expect(firstError({ a: { level: 'warning', message: 'one' } })).toBeNull();
  });
});
