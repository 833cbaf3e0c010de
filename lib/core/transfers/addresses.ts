/**
 * Which addresses a download may connect to. Whoever may name a URL must not reach, through this host, what only this
 * host can reach: its own services, the neighbours in its network, a cloud's metadata (CWE-918; T-35).
 *
 *   address ─▶ public? ─ yes ─▶ allowed
 *                 └ no ─▶ listed by the administrator? ─ yes ─▶ allowed
 *                                        └ no ─▶ refused
 */
import { BlockList, isIP, isIPv6 } from 'node:net';

/** IPv4 that is not the public internet: RFC 6890 and its registry, multicast, reserved. */
const CLOSED_IPV4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/**
 * Parts of 2000::/3 that are no plain public addresses: Teredo and ORCHID (2001::/23), documentation, 6to4, which has
 * an IPv4 address inside. Everything outside of 2000::/3 is closed anyway: ::1, ::ffff:0:0/96, 64:ff9b::/96, fc00::/7,
 * fe80::/10, ff00::/8, …
 */
const CLOSED_IPV6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const closed = new BlockList();
for (const [net, bits] of CLOSED_IPV4) closed.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of CLOSED_IPV6) closed.addSubnet(net, bits, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** True for an address of the public internet. Anything that is no address is not public. */
export function isPublicAddress(address: string): boolean {
  if (!isIP(address) || address.includes('%')) return false;
  if (!isIPv6(address)) return !closed.check(address, 'ipv4');
  return global6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

/**
 * True when one of the administrator's entries names this place.
 *
 * An entry is a host name or address (`mirror.lan`, `10.0.0.5`, `[fd00::1]`), with a port (`mirror.lan:8080`) or
 * without, which is every port; or a network (`10.0.0.0/8`), which every address in it is of.
 *
 * @param hostname as in a parsed URL: lower case, IPv6 in brackets
 * @param address what it was resolved to
 */
export function isListed(entries: readonly string[], hostname: string, port: number, address: string): boolean {
  return entries.some((entry) => {
    const lower = entry.toLowerCase();
    if (lower.includes('/')) return inNetwork(lower, address);
    return lower === hostname || lower === `${hostname}:${port}`;
  });
}

function inNetwork(network: string, address: string): boolean {
  const [net = '', bits = ''] = network.split('/');
  const family = isIPv6(net) ? 'ipv6' : 'ipv4';
  if (!isIP(net) || isIPv6(address) !== (family === 'ipv6')) return false;
  const list = new BlockList();
  list.addSubnet(net, Number(bits), family);
  return list.check(address, family);
}
