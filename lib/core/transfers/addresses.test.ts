import { describe, expect, it } from 'vitest';
import { isListed, isPublicAddress } from './addresses';

describe('an address', () => {
  it.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.1',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2a00:1450:4001:81a::200e',
    '2606:4700:4700::1111',
    '2001:200::1',
    '2003::1',
  ])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    // This host, in all its spellings.
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '0.1.2.3',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:7f00:0001',
    '::127.0.0.1',
    // Neighbours.
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.168.255.255',
    '100.64.0.1',
    '100.127.255.255',
    'fc00::1',
    'fd12:3456:789a::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    // Metadata of clouds.
    '169.254.169.254',
    '169.254.170.2',
    '100.100.100.200',
    'fd00:ec2::254',
    // IPv4 inside IPv6, by translation and tunnels.
    '64:ff9b::7f00:1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2002:a00:1::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '::ffff:0:127.0.0.1',
    '::ffff:8.8.8.8',
    // Multicast, broadcast, reserved, documentation, benchmarks.
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    'ff02::1',
    '192.0.0.8',
    '192.0.2.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '2001:db8::1',
    '2001:10::1',
    '3fff::1',
    '100::1',
    '5f00::1',
    '4000::1',
    // No address at all.
    '',
    'localhost',
    '127.1',
    '0x7f.0.0.1',
    '2130706433',
    '1.1.1.1 ',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('the list of the administrator', () => {
  it.each([
    [['mirror.lan'], 'mirror.lan', 80, '10.0.0.5', true],
    [['Mirror.LAN'], 'mirror.lan', 8080, '10.0.0.5', true],
    [['mirror.lan:8080'], 'mirror.lan', 8080, '10.0.0.5', true],
    [['mirror.lan:8080'], 'mirror.lan', 80, '10.0.0.5', false],
    [['mirror.lan'], 'evil.mirror.lan', 80, '10.0.0.5', false],
    [['10.0.0.5'], '10.0.0.5', 80, '10.0.0.5', true],
    // A name that leads to a listed address is not listed itself: the service may trust whoever knows its address.
    [['10.0.0.5'], 'evil.example', 80, '10.0.0.5', false],
    [['[fd00::1]:81'], '[fd00::1]', 81, 'fd00::1', true],
    [['10.0.0.0/8'], 'mirror.lan', 80, '10.200.0.5', true],
    [['10.0.0.0/8'], 'mirror.lan', 80, '11.0.0.5', false],
    [['fd00::/8'], 'mirror.lan', 80, 'fd00::1', true],
    [['fd00::/8'], 'mirror.lan', 80, '10.0.0.5', false],
    [[], 'mirror.lan', 80, '10.0.0.5', false],
  ])('%j: %s:%i at %s', (entries, host, port, address, expected) =>
    expect(isListed(entries, host, port, address)).toBe(expected),
  );
});
