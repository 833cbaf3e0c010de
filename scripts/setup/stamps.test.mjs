import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled } from './node-modules.mjs';
import { fingerprint, hashOf, readStamp, writeStamp } from './stamps.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'skep-stamps-'));
  mkdirSync(join(folder, 'lib/core'), { recursive: true });
  writeFileSync(join(folder, 'lib/core/a.ts'), 'a');
  writeFileSync(join(folder, 'lib/b.ts'), 'b');
});
afterEach(() => rmSync(folder, { recursive: true }));

const look = (accept) => fingerprint([join(folder, 'lib'), join(folder, 'missing')], accept);

describe('fingerprint', () => {
  it('stays while nothing changes', () => expect(look()).toBe(look()));

  it.each([
    ['a new file', () => writeFileSync(join(folder, 'lib/c.ts'), '')],
    ['a deleted file', () => rmSync(join(folder, 'lib/b.ts'))],
    ['a touched file deep below', () => utimesSync(join(folder, 'lib/core/a.ts'), 1, 1)],
    ['another size', () => writeFileSync(join(folder, 'lib/b.ts'), 'bb')],
  ])('changes with %s', (_what, change) => {
    const before = look();
    change();
    expect(look()).not.toBe(before);
  });

  it('ignores what does not count', () => {
    const accept = (file) => !file.endsWith('.test.ts');
    const before = look(accept);
    writeFileSync(join(folder, 'lib/b.test.ts'), '');
    expect(look(accept)).toBe(before);
  });
});

describe('stamps', () => {
  it('are read as they were written, and are null before', () => {
    const file = join(folder, 'new/folder/.stamp');
    expect(readStamp(file)).toBeNull();
    writeStamp(file, hashOf('x'));
    expect(readStamp(file)).toBe(hashOf('x'));
  });

  it('tell parts apart', () => expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc')));
});

describe('isInstalled', () => {
  const lock = {
    packages: {
      '': { name: 'skep' },
      'node_modules/zod': { version: '4.0.0' },
      'node_modules/@x/darwin': { version: '1.0.0', optional: true },
      'node_modules/local': { resolved: 'scripts/local', link: true },
      'scripts/local': { version: '1.0.0' },
    },
  };
  const withZod = (version) => ({ packages: { 'node_modules/zod': { version } } });

  it('accepts another system’s optional packages and local links as absent', () => {
    expect(isInstalled(lock, withZod('4.0.0'))).toBe(true);
  });

  it.each([
    ['another version', withZod('3.9.9')],
    ['a missing package', { packages: {} }],
    ['no record at all', null],
  ])('refuses %s', (_what, installed) => expect(isInstalled(lock, installed)).toBe(false));
});
