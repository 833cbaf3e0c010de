/**
 * Disks and CD-ROM drives. A disk is a node tree (-blockdev) and a device on it (-device); both have the id of
 * the definition, so QEMU's events name what the user knows.
 *
 *   q35   AHCI ports ide.0–ide.5             pc   IDE ide.0, ide.1 with two units each
 *         disks from port 0, CDs from 5           disks from the first, CDs from the last
 *                                                 SATA: an AHCI controller of its own
 */
import { devicesOf, type CdromDevice, type DiskDevice } from '../../shared/device';
import { AppError } from '../../shared/errors';
import type { VmSpec } from '../../shared/vm';
import type { ArgvInput } from '../argv';
import { bootIndex } from './boot';
import { deviceArg, jsonArg } from './options';
import { diskSlot, PCI_SLOTS, pciBus } from './pci';

const SATA_PORTS = 6;
const IDE_UNITS = 4;

export function diskArgs(spec: VmSpec, paths: ArgvInput['paths']): string[] {
  const places = drivePlaces(spec);
  return [
    ...sataController(spec),
    ...devicesOf(spec, 'disk').flatMap((disk) => [
      ...jsonArg('-blockdev', diskNode(disk, paths.diskFile(disk.source.file))),
      ...diskDevice(spec, disk, places),
    ]),
    ...devicesOf(spec, 'cdrom').flatMap((cdrom) => cdromArgs(spec, cdrom, places, paths)),
  ];
}

/**
 * The format is always given, never probed: a guest can write any header on a raw disk. No backing file is ever
 * followed, whatever the image says.
 */
function diskNode(disk: DiskDevice, file: string): object {
  return {
    driver: disk.format,
    'node-name': disk.id,
    discard: 'unmap',
    'detect-zeroes': 'unmap',
    ...(disk.format === 'qcow2' ? { backing: null } : {}),
    file: { driver: 'file', filename: file, locking: 'on', aio: 'threads', discard: 'unmap' },
  };
}

function diskDevice(spec: VmSpec, disk: DiskDevice, places: Map<string, DrivePlace>): string[] {
  const common = { id: disk.id, drive: disk.id, serial: disk.id, bootindex: bootIndex(spec, disk.id) };
  // Any error pauses the guest: it loses nothing, and goes on when the cause is gone.
  const onError = { werror: 'stop', rerror: 'stop' };
  if (disk.bus === 'virtio')
    return deviceArg({ driver: 'virtio-blk-pci', ...common, ...onError, bus: pciBus(spec), addr: diskSlot(disk.id) });
  return deviceArg({ driver: 'ide-hd', ...common, ...onError, ...places.get(disk.id) });
}

function cdromArgs(
  spec: VmSpec,
  cdrom: CdromDevice,
  places: Map<string, DrivePlace>,
  paths: ArgvInput['paths'],
): string[] {
  const device = { driver: 'ide-cd', id: cdrom.id, bootindex: bootIndex(spec, cdrom.id), ...places.get(cdrom.id) };
  if (!cdrom.media) return deviceArg(device);
  // Libraries may lie on network file systems that know no locks, and reading needs none.
  const file = { driver: 'file', filename: paths.libraryFile(cdrom.media.file), locking: 'auto', aio: 'threads' };
  const node = `${cdrom.id}-media`;
  return [
    ...jsonArg('-blockdev', { driver: 'raw', 'node-name': node, 'read-only': true, file }),
    ...deviceArg({ ...device, drive: node }),
  ];
}

interface DrivePlace {
  bus: string;
  unit: number;
}

/** Gives each SATA and IDE drive its connector: disks in the order of their ids from the front, CDs from the back. */
function drivePlaces(spec: VmSpec): Map<string, DrivePlace> {
  const sataBus = spec.machine.type === 'q35' ? 'ide' : 'sata';
  const sata = Array.from({ length: SATA_PORTS }, (_, port) => ({ bus: `${sataBus}.${port}`, unit: 0 }));
  const ideBuses = spec.machine.type === 'pc' ? IDE_UNITS : 0;
  const ide = Array.from({ length: ideBuses }, (_, n) => ({ bus: `ide.${n >> 1}`, unit: n & 1 }));
  const places = new Map<string, DrivePlace>();
  const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
  const disks = devicesOf(spec, 'disk').sort(byId);
  const cdroms = devicesOf(spec, 'cdrom').sort(byId);
  for (const [bus, free] of [
    ['sata', sata],
    ['ide', ide],
  ] as const) {
    for (const disk of disks.filter((d) => d.bus === bus)) places.set(disk.id, taken(free.shift()));
    for (const cdrom of cdroms.filter((c) => c.bus === bus)) places.set(cdrom.id, taken(free.pop()));
  }
  return places;
}

function taken(place: DrivePlace | undefined): DrivePlace {
  if (place) return place;
  throw new AppError(
    'invalid_input',
    'The VM has more SATA or IDE drives than its machine has connectors. Use virtio disks.',
  );
}

function sataController(spec: VmSpec): string[] {
  const drives = [...devicesOf(spec, 'disk'), ...devicesOf(spec, 'cdrom')];
  if (spec.machine.type === 'q35' || !drives.some((d) => d.bus === 'sata')) return [];
  return deviceArg({ driver: 'ich9-ahci', id: 'sata', bus: pciBus(spec), addr: PCI_SLOTS.sata });
}
