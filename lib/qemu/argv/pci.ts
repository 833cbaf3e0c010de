/**
 * Where devices sit on the PCI bus. A guest names its NICs after their slot, so a slot belongs to a device's id
 * and stays when others come and go.
 *
 *   00 host bridge   01 chipset (pc)   02 video   03 USB   04 rng
 *   08–0f virtio disks 0–7   10–17 NICs 0–7   18 SATA (pc)   1f chipset (q35)
 */
import type { VmSpec } from '../../shared/vm';
import { deviceNumber } from '../../shared/device';

export const PCI_SLOTS = { video: '0x02', usb: '0x03', rng: '0x04', sata: '0x18' } as const;
const FIRST_DISK_SLOT = 0x08;
const FIRST_NIC_SLOT = 0x10;

/** The name of the machine's root bus. */
export function pciBus(spec: VmSpec): string {
  return spec.machine.type === 'q35' ? 'pcie.0' : 'pci.0';
}

export function diskSlot(diskId: string): string {
  return slot(FIRST_DISK_SLOT + deviceNumber(diskId));
}

export function nicSlot(nicId: string): string {
  return slot(FIRST_NIC_SLOT + deviceNumber(nicId));
}

function slot(number: number): string {
  return `0x${number.toString(16).padStart(2, '0')}`;
}
