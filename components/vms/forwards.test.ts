import { describe, expect, it } from 'vitest';
import type { PortForward } from '@/lib/shared/device';
import type { VmSpec } from '@/lib/shared/vm';
import { viewForwards } from './forwards';

function view(forward: Partial<PortForward>, pageHost = '127.0.0.1') {
  const full: PortForward = { protocol: 'tcp', hostAddress: '127.0.0.1', hostPort: 2222, guestPort: 22, ...forward };
  const spec = {
    devices: [
      {
        kind: 'nic',
        id: 'nic0',
        model: 'virtio-net',
        mac: '52:54:00:00:00:01',
        network: { kind: 'user', isolated: false, forwards: [full] },
      },
    ],
  } as unknown as VmSpec;
  const [first] = viewForwards(spec, pageHost);
  if (!first) throw new Error('no forward');
  return first;
}

describe('viewForwards', () => {
  it('gives a command for SSH', () =>
    expect(view({})).toMatchObject({ service: 'ssh', command: 'ssh -p 2222 127.0.0.1', href: null }));
  it('gives a link for the web', () =>
    expect(view({ hostPort: 8080, guestPort: 80 }).href).toBe('http://127.0.0.1:8080/'));
  it('uses https for 443', () => expect(view({ hostPort: 8443, guestPort: 443 }).href).toBe('https://127.0.0.1:8443/'));
  it('reaches a forward on all addresses by the name in the address bar', () =>
    expect(view({ hostAddress: '0.0.0.0', hostPort: 8080, guestPort: 80 }, 'nas.lan').href).toBe(
      'http://nas.lan:8080/',
    ));
  it('gives no link to a loopback address of another machine', () =>
    expect(view({ hostPort: 8080, guestPort: 80 }, 'nas.lan')).toMatchObject({
      href: null,
      isHostOnly: true,
      address: '127.0.0.1:8080',
    }));
  it('knows no service behind UDP', () => expect(view({ protocol: 'udp', guestPort: 443 }).service).toBeNull());
});
