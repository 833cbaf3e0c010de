import { describe, expect, it } from 'vitest';
import { nameOf, parseDownloadUrl } from './download-url';

describe('the address of a download', () => {
  it.each([
    ['https://example.com/a.iso', 'https://example.com/a.iso'],
    ['http://example.com:8080/a.iso#part', 'http://example.com:8080/a.iso'],
    // The parser makes plain addresses of these, which the rules for addresses then see.
    ['http://0x7f.1/', 'http://127.0.0.1/'],
    ['http://127.1/', 'http://127.0.0.1/'],
    ['http://2130706433/', 'http://127.0.0.1/'],
    ['http://017700000001/', 'http://127.0.0.1/'],
    ['http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/'],
    ['http://１２７.0.0.1/', 'http://127.0.0.1/'],
    ['//example.com/b', 'https://example.com/b'],
    ['../b.iso', 'https://from.example/b.iso'],
  ])('%s is %s', (text, expected) => {
    expect(parseDownloadUrl(text, new URL('https://from.example/a/')).href).toBe(expected);
  });

  it.each([
    ['file:///etc/passwd', 'not by file'],
    ['ftp://example.com/a.iso', 'not by ftp'],
    ['gopher://example.com/', 'not by gopher'],
    ['data:text/plain,a', 'not by data'],
    ['javascript:alert(1)', 'not by javascript'],
    ['example.com/a.iso', 'no web address'],
    ['http://', 'no web address'],
    ['http://256.1.1.1/', 'no web address'],
    ['https://user@example.com/', 'user name or a password'],
    ['https://:secret@example.com/', 'user name or a password'],
    ['http://example.com:22/', 'Port 22'],
    ['http://example.com:25/', 'Port 25'],
    ['https://example.com:0/', 'Port 0'],
    [`https://example.com/${'a'.repeat(2048)}`, 'too long'],
  ])('%s is refused', (text, words) => expect(() => parseDownloadUrl(text)).toThrow(words));
});

describe('the name of a download', () => {
  const url = new URL('https://example.com/pub/debian%2012.iso?x=/y.img');

  it.each([
    [undefined, 'debian 12.iso'],
    ['attachment', 'debian 12.iso'],
    ['attachment; filename=plain.iso', 'plain.iso'],
    ['attachment; filename="with \\"quotes\\".iso"', 'with "quotes".iso'],
    [`attachment; filename="plain.iso"; filename*=UTF-8''na%C3%AFve.iso`, 'naïve.iso'],
    [`attachment; filename="plain.iso"; filename*=UTF-8''%ff`, 'plain.iso'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="C:\\\\Windows\\\\win.ini"', 'win.ini'],
    ['attachment; filename="..."', 'debian 12.iso'],
    ['attachment; filename=".hidden"', 'hidden'],
    ['attachment; filename="a\u202Egpj.iso"', 'agpj.iso'],
    [`attachment; filename="${'a'.repeat(300)}.iso"`, 'a'.repeat(200)],
    [`attachment; filename*=UTF-8''a%00b%0A.iso`, 'ab.iso'],
  ])('%s gives %s', (header, expected) => expect(nameOf(header, url)).toBe(expected));

  it.each([
    ['https://example.com/', 'download'],
    ['https://example.com/%2e%2e%2fa.iso', 'a.iso'],
    ['https://example.com/a%', 'a%'],
  ])('%s gives %s', (text, expected) => expect(nameOf(undefined, new URL(text))).toBe(expected));
});
