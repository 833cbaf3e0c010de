/** Network cards and what they are plugged into. */
import { devicesOf, type NicDevice, type PortForward } from '../../shared/device';
import type { VmSpec } from '../../shared/vm';
import { bootIndex } from './boot';
import { deviceArg, jsonArg } from './options';
import { nicSlot, pciBus } from './pci';

const DRIVERS = { 'virtio-net': 'virtio-net-pci', e1000: 'e1000' } as const;

export function nicArgs(spec: VmSpec): string[] {
  return devicesOf(spec, 'nic').flatMap((nic) => [...jsonArg('-netdev', netdev(nic)), ...nicDevice(spec, nic)]);
}

function netdev(nic: NicDevice): object {
  const { isolated, forwards } = nic.network;
  return {
    type: 'user',
    id: `${nic.id}-net`,
    restrict: isolated,
    ...(forwards.length > 0 ? { hostfwd: forwards.map((forward) => ({ str: hostForward(forward) })) } : {}),
  };
}

/** Without an address QEMU would listen on every one of the host. The guest's is the first that it gives by DHCP. */
function hostForward({ protocol, hostAddress, hostPort, guestPort }: PortForward): string {
  return `${protocol}:${hostAddress}:${hostPort}-:${guestPort}`;
}

function nicDevice(spec: VmSpec, nic: NicDevice): string[] {
  const boot = bootIndex(spec, nic.id);
  return deviceArg({
    driver: DRIVERS[nic.model],
    id: nic.id,
    netdev: `${nic.id}-net`,
    mac: nic.mac,
    bus: pciBus(spec),
    addr: nicSlot(nic.id),
    bootindex: boot,
    // Without the boot ROM the firmware cannot boot from it.
    ...(boot === undefined ? { romfile: '' } : {}),
  });
}
