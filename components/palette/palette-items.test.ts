import { describe, expect, it } from 'vitest';
import { vmNamed } from '../live/testing';
import { findItems, paletteItems } from './palette-items';

const items = paletteItems([{ ...vmNamed('web-1'), status: 'running' }, vmNamed('db')]);
const titles = (typed: string, recent: string[] = []) => findItems(items, typed, recent).map(({ title }) => title);

describe('the palette', () => {
  it('offers the verbs that a VM can do now', () => {
    expect(titles('web-1')).toEqual(expect.arrayContaining(['web-1', 'Shut down web-1', 'web-1: Display']));
    expect(titles('start')).toEqual(['Start db']);
    expect(titles('delete')).toEqual(['Delete db…']);
  });
  it('puts the VM itself before what can be done with it', () => expect(titles('web')[0]).toBe('web-1'));
  it('begins with what was used last, then pages and VMs', () => {
    expect(titles('', ['theme:dark', 'gone']).slice(0, 2)).toEqual(['Dark theme', 'Virtual machines']);
    expect(titles('')).toContain('db');
    expect(titles('')).not.toContain('Start db');
  });
  it('prefers what was used last among what matches alike, but not to what matches better', () => {
    expect(titles('theme').slice(0, 3)).toEqual(['Theme of the system', 'Dark theme', 'Light theme']);
    const used = titles('theme', ['theme:light']);
    expect(used.slice(0, 3)).toEqual(['Theme of the system', 'Light theme', 'Dark theme']);
  });
  it('has every id once', () => expect(new Set(items.map(({ id }) => id)).size).toBe(items.length));
  it('is quick with a thousand VMs', () => {
    const many = paletteItems(Array.from({ length: 1000 }, (_, i) => vmNamed(`node-${i}`)));
    expect(findItems(many, 'node-99', [])).toHaveLength(50);
    expect(findItems(many, 'node-99', [])[0]?.title).toBe('node-99');
  });
});
