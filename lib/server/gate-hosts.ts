/** Under which names and addresses browsers may reach Skep (T-44). */
import { isIP } from 'node:net';

export interface HostRules {
  /** The address that Skep is bound to, such as 127.0.0.1, 192.168.1.2, 0.0.0.0 or ::. */
  boundAddress: string;
  port: number;
  /** What the administrator allowed besides: a name or address, with a port when it is not Skep's own. */
  extra: readonly string[];
  /** Addresses of this machine's network interfaces; they count when Skep is bound to all of them. */
  interfaces: readonly string[];
}

/** Browsers leave these out of `Host`. */
const DEFAULT_PORTS = [80, 443];
const ALWAYS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Every value of the `Host` header that is answered, in lower case. Pure.
 *
 * The networks that QEMU shows to its guests are never among them: what asks by such an address is a guest (T-45).
 */
export function allowedHosts(rules: HostRules): Set<string> {
  const all = isWildcard(rules.boundAddress) ? rules.interfaces : [rules.boundAddress];
  const names = [...ALWAYS, ...all.map(toHostName), ...rules.extra];
  const hosts = names
    .filter((name) => !isGuestNetwork(name))
    .flatMap((name) => withPort(name.toLowerCase(), rules.port));
  return new Set(hosts);
}

/** True for the addresses that mean "all of this machine". */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** An address as it stands in a URL: IPv6 in brackets. */
export function toHostName(address: string): string {
  return isIP(address) === 6 ? `[${address.split('%')[0]}]` : address;
}

/** Those of QEMU's user networking: 10.0.2.0/24 and fec0::/64. */
function isGuestNetwork(name: string): boolean {
  return /^10\.0\.2\.\d+(:|$)/.test(name) || /^\[fec0:/i.test(name);
}

function withPort(name: string, ownPort: number): string[] {
  const [, host = name, port] = /^(.*?[^:]|\[.*\]):(\d+)$/.exec(name) ?? [];
  const number = port === undefined ? ownPort : Number(port);
  return DEFAULT_PORTS.includes(number) ? [`${host}:${number}`, host] : [`${host}:${number}`];
}
