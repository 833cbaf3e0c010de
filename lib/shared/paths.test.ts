import { describe, expect, it } from 'vitest';
import { crumbsOf, vmNameOf, vmPath, withVmName } from './paths';

describe('vmPath', () => {
  it('has no segment for the overview', () => expect(vmPath('web-1')).toBe('/vms/web-1'));
  it('names the other pages', () => expect(vmPath('web.1', 'display')).toBe('/vms/web.1/display'));
});

describe('vmNameOf', () => {
  it.each([
    ['/vms/web-1', 'web-1'],
    ['/vms/web-1/console', 'web-1'],
    ['/vms', null],
    ['/vms/new', null],
    ['/host', null],
    ['/', null],
  ])('%s → %s', (path, name) => expect(vmNameOf(path)).toBe(name));
});

describe('withVmName', () => {
  it('keeps the page', () => expect(withVmName('/vms/old/hardware', 'new-1')).toBe('/vms/new-1/hardware'));
});

describe('crumbsOf', () => {
  const labels = (path: string) => crumbsOf(path).map((c) => c.label);
  it('names a section', () => expect(labels('/host')).toEqual(['Host']));
  it('names the tasks', () => expect(labels('/tasks')).toEqual(['Tasks']));
  it('names a VM and its page', () =>
    expect(crumbsOf('/vms/web-1/display')).toEqual([
      { label: 'Virtual machines', href: '/vms' },
      { label: 'web-1', href: '/vms/web-1' },
      { label: 'Display', href: '/vms/web-1/display' },
    ]));
  it('ends at the VM on its overview', () => expect(labels('/vms/web-1')).toEqual(['Virtual machines', 'web-1']));
  it('knows the wizard', () => expect(labels('/vms/new')).toEqual(['Virtual machines', 'New virtual machine']));
  it('is empty elsewhere', () => expect(labels('/login')).toEqual([]));
});
