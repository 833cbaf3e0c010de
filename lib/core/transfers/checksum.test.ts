import { describe, expect, it } from 'vitest';
import { findChecksum, parseChecksum } from './checksum';

const MD5 = 'd41d8cd98f00b204e9800998ecf8427e';
const SHA1 = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
const SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const OTHER = '0'.repeat(64);
const SHA512 = SHA256 + SHA256;

describe('a checksum', () => {
  it.each([
    [MD5, 'md5', MD5],
    [SHA1, 'sha1', SHA1],
    [SHA256.toUpperCase(), 'sha256', SHA256],
    [`  sha256:${SHA256}\n`, 'sha256', SHA256],
    [`SHA512=${SHA512}`, 'sha512', SHA512],
  ])('%s', (text, algorithm, hex) => expect(parseChecksum(text)).toEqual({ algorithm, hex }));

  it.each(['', 'abc', `md5:${SHA256}`, `${SHA256}0`, SHA256.replace('e', 'g'), 'https://example.com/SHA256SUMS'])(
    'not %s',
    (text) => expect(parseChecksum(text)).toBeNull(),
  );
});

describe('a list of checksums', () => {
  const find = (list: string, ...names: string[]) => findChecksum(list, names);

  it.each([
    ['GNU', `${OTHER}  a.iso\n${SHA256}  b.iso\n`],
    ['GNU, binary', `${OTHER} *a.iso\r\n${SHA256} *b.iso\r\n`],
    ['GNU, with folders', `${SHA256}  ./images/b.iso\n`],
    ['BSD', `SHA256 (a.iso) = ${OTHER}\nSHA256 (b.iso) = ${SHA256}`],
    ['signed', `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n# b.iso: 5 bytes\nSHA256 (b.iso) = ${SHA256}\n`],
    ['bare', `${SHA256}\n`],
    ['several algorithms', `MD5 (b.iso) = ${MD5}\nSHA256 (b.iso) = ${SHA256}\nSHA1 (b.iso) = ${SHA1}\n`],
  ])('%s', (_, list) => expect(find(list, 'b.iso')).toEqual({ algorithm: 'sha256', hex: SHA256 }));

  it('knows escaped names', () => {
    expect(find(`\\${SHA256}  a\\\\b.iso`, 'a\\b.iso').hex).toBe(SHA256);
  });

  it('prefers the first name', () => {
    expect(find(`${OTHER}  old.iso\n${SHA256}  new.iso`, 'new.iso', 'old.iso').hex).toBe(SHA256);
  });

  it.each([
    ['another file', `${SHA256}  other.iso`, 'has none for “b.iso”'],
    ['a longer name', `${SHA256}  b.iso.torrent`, 'has none for “b.iso”'],
    ['a web page', '<!DOCTYPE html><html></html>', 'holds no checksums'],
    ['nothing', '', 'holds no checksums'],
    ['a wrong length', `MD5 (b.iso) = ${SHA256}`, 'holds no checksums'],
  ])('with %s is refused', (_, list, words) => expect(() => find(list, 'b.iso')).toThrow(words));
});
