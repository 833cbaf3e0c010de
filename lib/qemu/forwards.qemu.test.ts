import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NicDevice, PortForward } from '../shared/device';
import { QemuLab } from './testing/real-qemu';

let lab: QemuLab;
beforeEach(() => {
  lab = new QemuLab();
});
afterEach(() => lab.close());

/** A port that nobody had a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The addresses on which a port is open on this host, from /proc/net, as hexadecimal numbers in host order. */
function addressesOf(protocol: 'tcp' | 'udp', port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const open = { tcp: '0A', udp: '07' }[protocol];
  return readFileSync(`/proc/net/${protocol}`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(`:${wanted}`) && state === open)
    .map(([, local]) => local?.split(':')[0] ?? '');
}

function nic(isolated: boolean, forwards: PortForward[]): NicDevice {
  return {
    kind: 'nic',
    id: 'nic0',
    model: 'virtio-net',
    mac: '52:54:00:12:34:56',
    network: { kind: 'user', isolated, forwards },
  };
}

describe('port forwards', () => {
  it.each([false, true])('listen on their own address and on no other (isolated: %s)', async (isolated) => {
    const rules = [
      ['tcp', '127.0.0.1', '0100007F'],
      ['udp', '127.0.0.1', '0100007F'],
      ['tcp', '127.0.0.2', '0200007F'],
      ['tcp', '0.0.0.0', '00000000'],
    ] as const;
    const ports = await Promise.all(rules.map(freePort));
    const forwards = rules.map(([protocol, hostAddress], i) => ({
      protocol,
      hostAddress,
      hostPort: ports[i] ?? 0,
      guestPort: 22,
    }));
    await lab.start({ spec: { devices: [nic(isolated, forwards)] } });
    const seen = rules.map(([protocol], i) => addressesOf(protocol, ports[i] ?? 0));
    expect(seen).toEqual(rules.map(([, , hexadecimal]) => [hexadecimal]));
    const socket = connect(ports[0] ?? 0, '127.0.0.1');
    await once(socket, 'connect');
    socket.destroy();
  });
});
