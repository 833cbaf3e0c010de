/** How a port forward is offered to a person: as a link, as a command, or as an address. Pure. */
import { forwardsOf, type VmSpec } from '@/lib/shared/vm';

export interface ForwardView {
  key: string;
  /** `tcp 127.0.0.1:8080 → 80`, for hover and screen readers. */
  text: string;
  protocol: 'tcp' | 'udp';
  guestPort: number;
  /** `host:port`, to be copied. */
  address: string;
  /** `ssh`, `http`, or null when nobody knows what speaks there. */
  service: 'http' | 'https' | 'ssh' | null;
  /** Where a browser goes, for http and https. */
  href: string | null;
  /** What one types, for ssh. */
  command: string | null;
  /** True when only programs on Skep's host reach it, and the browser runs elsewhere. */
  isHostOnly: boolean;
}

/** Guest ports that speak a known protocol by long custom. */
const SERVICES: Record<number, ForwardView['service']> = {
  22: 'ssh',
  80: 'http',
  443: 'https',
  3000: 'http',
  5000: 'http',
  8000: 'http',
  8006: 'https',
  8080: 'http',
  8081: 'http',
  8123: 'http',
  8443: 'https',
  8888: 'http',
  9090: 'http',
};

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The forwards of a spec as a person can use them.
 *
 * @param pageHost the host name in the browser's address bar (`location.hostname`)
 */
export function viewForwards(spec: VmSpec, pageHost: string): ForwardView[] {
  return forwardsOf(spec).map(({ protocol, hostAddress, hostPort, guestPort }) => {
    const isLoopback = hostAddress.startsWith('127.');
    const isHostOnly = isLoopback && !LOOPBACK_NAMES.includes(pageHost);
    const host = hostAddress === '0.0.0.0' ? pageHost : hostAddress;
    const service = protocol === 'tcp' ? (SERVICES[guestPort] ?? null) : null;
    const isWeb = service === 'http' || service === 'https';
    return {
      key: `${protocol}-${hostAddress}-${hostPort}`,
      protocol,
      guestPort,
      text: `${protocol} ${hostAddress}:${hostPort} → ${guestPort}`,
      address: `${host}:${hostPort}`,
      service,
      href: isWeb && !isHostOnly ? `${service}://${host}:${hostPort}/` : null,
      command: service === 'ssh' ? `ssh -p ${hostPort} ${host}` : null,
      isHostOnly,
    };
  });
}
