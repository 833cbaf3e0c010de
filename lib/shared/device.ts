/**
 * The devices of a VM: one discriminated union on `kind`. Each device has an id that is unique in its VM and
 * never changes; its number picks the PCI slot (see `lib/qemu/argv`), so guests keep their device names
 * when another device comes or goes.
 */
import { z } from 'zod';

export const MAX_DISKS = 8;
export const MAX_NICS = 8;
export const MAX_CDROMS = 2;
export const MAX_FORWARDS = 32;

/** Ids are the kind's prefix and a number below the kind's maximum: `disk0`, `cdrom1`, `nic7`. */
const id = (prefix: string, max: number) =>
  z.string().regex(new RegExp(`^${prefix}[0-${max - 1}]$`), `The id must be ${prefix}0 to ${prefix}${max - 1}.`);

/** A file name made by Skep inside the VM's own folder. */
export const vmFileName = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,99}$/, 'That is no file of this VM.');

/** A file name in the library folder. Any name but those that leave the folder or hide. */
export const libraryFileName = z
  .string()
  .min(1)
  .max(200)
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
  .regex(/^[^./\u0000-\u001f][^/\u0000-\u001f]*$/, 'That is no file name of the library.')
  // File systems count bytes, up to 255.
  .refine((name) => new TextEncoder().encode(name).length <= 250, 'The name is too long for a file system.');

/** The name of a folder that an administrator added to the library. */
export const libraryFolderName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}$/,
    'A folder’s name has 1 to 63 letters, digits, spaces, dots, dashes or underscores, and starts with a letter or digit.',
  );

/** Names a library file: its name in the home's own folder, or `folder/name` in one that was added. */
export const libraryRef = z.string().refine(
  (ref) => {
    const { folder, name } = splitLibraryRef(ref);
    return (folder === null || libraryFolderName.safeParse(folder).success) && libraryFileName.safeParse(name).success;
  },
  { error: 'That is no file of the library.' },
);

/** The parts of a reference; folder null is the home's own. */
export function splitLibraryRef(ref: string): { folder: string | null; name: string } {
  const slash = ref.indexOf('/');
  return slash < 0 ? { folder: null, name: ref } : { folder: ref.slice(0, slash), name: ref.slice(slash + 1) };
}

/** The reference of a file. */
export function libraryRefOf(folder: string | null, name: string): string {
  return folder === null ? name : `${folder}/${name}`;
}

export const diskBus = z.enum(['virtio', 'sata', 'ide']);
export const diskFormat = z.enum(['qcow2', 'raw']);
export type DiskBus = z.infer<typeof diskBus>;
export type DiskFormat = z.infer<typeof diskFormat>;

export const GIB = 1024 ** 3;
/** 16 TiB: far above a home server's disks, far below what breaks qcow2 or a file system. */
export const MAX_DISK_BYTES = 16 * 1024 * GIB;
export const diskSizeBytes = z
  .int('The size must be a whole number of bytes.')
  .min(1024 ** 2, 'A disk needs at least 1 MiB.')
  .max(MAX_DISK_BYTES, 'A disk can have at most 16 TiB.')
  .refine((bytes) => bytes % 512 === 0, 'The size must be a multiple of 512 bytes.');

const diskBase = { kind: z.literal('disk'), id: id('disk', MAX_DISKS), bus: diskBus, format: diskFormat };

/** Where an attached disk's bytes are. One kind today; pools and remote volumes join as further kinds. */
const diskFile = z.strictObject({ kind: z.literal('vm-folder'), file: vmFileName });

export const diskDevice = z.strictObject({ ...diskBase, sizeBytes: diskSizeBytes, source: diskFile });
export type DiskDevice = z.infer<typeof diskDevice>;

/** A disk as a form asks for it: an existing file, a new blank one, or a copy of an image of the library. */
export const diskDraft = z.strictObject({
  ...diskBase,
  source: z.discriminatedUnion('kind', [
    diskFile,
    z.strictObject({ kind: z.literal('blank'), sizeBytes: diskSizeBytes }),
    z.strictObject({ kind: z.literal('copy'), libraryFile: libraryRef }),
  ]),
});
export type DiskDraft = z.infer<typeof diskDraft>;

export const cdromMedia = z.strictObject({ kind: z.literal('library'), file: libraryRef });
export const cdromDevice = z.strictObject({
  kind: z.literal('cdrom'),
  id: id('cdrom', MAX_CDROMS),
  bus: z.enum(['sata', 'ide']),
  /** null is an empty drive. */
  media: cdromMedia.nullable(),
});
export type CdromDevice = z.infer<typeof cdromDevice>;

export const macAddress = z
  .string()
  .regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'A MAC address looks like 52:54:00:12:34:56.')
  .refine(
    (mac) => (parseInt(mac.slice(0, 2), 16) & 1) === 0,
    'That is a multicast address; a NIC needs a unicast one.',
  );

export const DEFAULT_FORWARD_ADDRESS = '127.0.0.1';
/** Ports below 1024 need root, and QEMU never runs as root. */
export const MIN_HOST_PORT = 1024;
const guestPort = z.int().min(1, 'A port is 1 to 65535.').max(65535, 'A port is 1 to 65535.');

/** A port forward of user networking: what connects to `hostAddress:hostPort` reaches the guest's `guestPort`. */
export const portForward = z.strictObject({
  protocol: z.enum(['tcp', 'udp']),
  hostAddress: z.ipv4('The host address must be an IPv4 address, such as 127.0.0.1 or 0.0.0.0.'),
  hostPort: z
    .int()
    .min(MIN_HOST_PORT, `Host ports start at ${MIN_HOST_PORT}: lower ones need root, and QEMU never runs as root.`)
    .max(65535, 'A port is 1 to 65535.'),
  guestPort,
});
export type PortForward = z.infer<typeof portForward>;

export const nicModel = z.enum(['virtio-net', 'e1000']);
/** What a NIC is plugged into. `isolated` cuts the guest off from the host and the outside; its forwards still work. */
export const nicNetwork = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('user'),
    isolated: z.boolean(),
    forwards: z.array(portForward).max(MAX_FORWARDS, `A NIC can have at most ${MAX_FORWARDS} port forwards.`),
  }),
]);
export const nicDevice = z.strictObject({
  kind: z.literal('nic'),
  id: id('nic', MAX_NICS),
  model: nicModel,
  mac: macAddress,
  network: nicNetwork,
});
export type NicDevice = z.infer<typeof nicDevice>;

export const videoModel = z.enum(['std', 'virtio']);
export const videoDevice = z.strictObject({ kind: z.literal('video'), id: id('video', 1), model: videoModel });
export const tabletDevice = z.strictObject({ kind: z.literal('tablet'), id: id('tablet', 1) });
export const serialDevice = z.strictObject({ kind: z.literal('serial'), id: id('serial', 1) });
export const rngDevice = z.strictObject({ kind: z.literal('rng'), id: id('rng', 1) });

const plainDevices = [cdromDevice, nicDevice, videoDevice, tabletDevice, serialDevice, rngDevice] as const;

export const device = z.discriminatedUnion('kind', [diskDevice, ...plainDevices]);
export type Device = z.infer<typeof device>;
export type DeviceKind = Device['kind'];
export const deviceDraft = z.discriminatedUnion('kind', [diskDraft, ...plainDevices]);
export type DeviceDraft = z.infer<typeof deviceDraft>;

/** The devices of one kind, in the spec's order. */
export function devicesOf<D extends { kind: DeviceKind }, K extends D['kind']>(
  spec: { devices: readonly D[] },
  kind: K,
): Extract<D, { kind: K }>[] {
  return spec.devices.filter((d): d is Extract<D, { kind: K }> => d.kind === kind);
}

/** The number at the end of a device id: 3 for `disk3`. */
export function deviceNumber(deviceId: string): number {
  return Number(/\d+$/.exec(deviceId)?.[0] ?? 0);
}

/** The lowest id of a kind that no device has yet (`nic1` when there is only `nic0`). */
export function nextDeviceId(spec: { devices: readonly { id: string }[] }, kind: DeviceKind): string {
  const taken = new Set(spec.devices.map((d) => d.id));
  let number = 0;
  while (taken.has(`${kind}${number}`)) number++;
  return `${kind}${number}`;
}
