import { describe, expect, it } from 'vitest';
import { keyMeaning, SHORTCUTS } from './shortcuts';

const press = (key: string, more: { isCtrl?: boolean; isAfterG?: boolean } = {}) =>
  keyMeaning({ key, isCtrl: false, isAfterG: false, ...more });

describe('keyMeaning', () => {
  it('goes to a page after g', () => expect(press('h', { isAfterG: true })).toEqual({ kind: 'go', href: '/host' }));
  it('does nothing for the same key without g', () => expect(press('h')).toBeNull());
  it('makes a VM with n', () => expect(press('n')).toEqual({ kind: 'go', href: '/vms/new' }));
  it('opens the palette with Ctrl only', () => {
    expect(press('k', { isCtrl: true })).toEqual({ kind: 'palette' });
    expect(press('k')).toBeNull();
    expect(press('n', { isCtrl: true })).toBeNull();
    expect(press('g', { isCtrl: true })).toBeNull();
  });
  it('has no key twice', () =>
    expect(new Set(SHORTCUTS.map(({ keys }) => keys.join(' '))).size).toBe(SHORTCUTS.length));
});
