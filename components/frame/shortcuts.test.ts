import { describe, expect, it } from 'vitest';
import { keyMeaning, SHORTCUTS } from './shortcuts';

describe('keyMeaning', () => {
  it('goes to a page after g', () => expect(keyMeaning('h', true)).toEqual({ kind: 'go', href: '/host' }));
  it('does nothing for the same key without g', () => expect(keyMeaning('h', false)).toBeNull());
  it('makes a VM with n', () => expect(keyMeaning('n', false)).toEqual({ kind: 'go', href: '/vms/new' }));
  it('knows every shortcut that the help lists', () => {
    for (const { keys } of SHORTCUTS) {
      const last = keys.at(-1) ?? '';
      expect(keyMeaning(last, keys[0] === 'g' && keys.length > 1), keys.join(' ')).not.toBeNull();
    }
  });
});
