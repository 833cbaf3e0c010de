/** From a URL to the addresses that a request for it may connect to. */
import { lookup, type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { AppError } from '../../shared/errors';
import { isListed, isPublicAddress } from './addresses';
import { portOf } from './download-url';

/** Resolves a name to all its addresses. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export interface Guard {
  /** What the administrator listed; see `isListed`. */
  listed(): readonly string[];
  resolve: Resolve;
}

/**
 * Resolves the URL's host once. Whoever connects must connect to one of these addresses and not ask again: the next
 * answer may be another (DNS rebinding).
 *
 * @throws AppError `forbidden` when one of the addresses is neither public nor listed; `not_found` without an address
 */
export async function allowedAddresses(url: URL, guard: Guard): Promise<LookupAddress[]> {
  const addresses = await addressesOf(url, guard.resolve);
  const bad = addresses.find(({ address }) => !isAllowed(url, address, guard.listed()));
  if (bad === undefined) return addresses;
  throw new AppError(
    'forbidden',
    `Skep does not download from ${url.host}: it is in a private network, or is this host itself. An administrator ` +
      'can allow it in the settings, under Downloads.',
  );
}

/** The system's resolver. */
export const systemResolve: Resolve = (hostname) =>
  new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

async function addressesOf(url: URL, resolve: Resolve): Promise<LookupAddress[]> {
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(literal);
  if (family) return [{ address: literal, family }];
  const addresses = await resolve(url.hostname).catch(() => []);
  if (addresses.length > 0) return addresses;
  throw new AppError('not_found', `No computer with the name ${url.hostname} is known. Check the address.`);
}

function isAllowed(url: URL, address: string, listed: readonly string[]): boolean {
  if (isListed(listed, url.hostname, portOf(url), address)) return true;
  return isPublicAddress(address) && !ownAddresses().has(address);
}

/** A host that has a public address answers there as itself. */
function ownAddresses(): Set<string> {
  return new Set(Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)));
}
