/** Screen and pointer. The screen is served by VNC on a unix socket, and never on a port. */
import { devicesOf } from '../../shared/device';
import type { VmSpec } from '../../shared/vm';
import { RUN_FILES } from '../run-files';
import { deviceArg } from './options';
import { PCI_SLOTS, pciBus } from './pci';

const DRIVERS = { std: 'VGA', virtio: 'virtio-vga' } as const;

export function displayArgs(spec: VmSpec): string[] {
  const bus = pciBus(spec);
  const videos = devicesOf(spec, 'video');
  return [
    ...['-display', 'none'],
    // A second viewer must not throw the first one out, whatever its client asks for.
    ...(videos.length > 0 ? ['-vnc', `unix:${RUN_FILES.vnc},share=force-shared`] : []),
    ...videos.flatMap((video) => deviceArg({ driver: DRIVERS[video.model], id: video.id, bus, addr: PCI_SLOTS.video })),
    // An absolute pointer: the guest's cursor is where the viewer's is.
    ...devicesOf(spec, 'tablet').flatMap((tablet) => [
      ...deviceArg({ driver: 'qemu-xhci', id: 'usb', bus, addr: PCI_SLOTS.usb }),
      ...deviceArg({ driver: 'usb-tablet', id: tablet.id, bus: 'usb.0' }),
    ]),
  ];
}
