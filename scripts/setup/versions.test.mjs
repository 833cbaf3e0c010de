import { describe, expect, it } from 'vitest';
import { isAtLeast, parseVersion } from './versions.mjs';

describe('parseVersion', () => {
  it.each([
    ['QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)', [7, 2, 22]],
    ['qemu-img version 10.0 (x)', [10, 0, 0]],
    ['20.19.1', [20, 19, 1]],
  ])('reads %s', (text, version) => expect(parseVersion(text)).toEqual(version));

  it.each(['', null, 'no version'])('finds nothing in %j', (text) => expect(parseVersion(text)).toBeNull());
});

describe('isAtLeast', () => {
  it.each([
    ['7.2.0', true],
    ['7.10.0', true],
    ['10.0.2', true],
    ['7.1.9', false],
    ['6.2.0', false],
  ])('%s against 7.2', (version, expected) => expect(isAtLeast(parseVersion(version), '7.2')).toBe(expected));
});
