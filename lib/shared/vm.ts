/**
 * What a VM is (`VmSpec`, stored), what a form asks for (`VmCreate`, `VmPatch`), and what the world is told
 * about one VM (`VmView`, pushed whole). Schemas first, types inferred.
 */
import { z } from 'zod';
import { device, deviceDraft, devicesOf, type Device, type DeviceDraft } from './device';

/** Names are ids: they reach URLs and QEMU. Free text goes into the notes. */
export const vmName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/,
    'A name has 1 to 63 letters, digits, dots, dashes or underscores, and starts with a letter or digit.',
  )
  .refine((name) => name !== 'new', '“new” is taken by Skep itself. Choose another name.');

export const VM_SYSTEMS = ['linux', 'windows-11', 'windows-10', 'bsd', 'other'] as const;
export const vmSystem = z.enum(VM_SYSTEMS);
export type VmSystem = z.infer<typeof vmSystem>;

export const MAX_CPUS = 255;
export const MIN_MEMORY_MIB = 16;
export const MAX_MEMORY_MIB = 4 * 1024 * 1024;

const machineSettings = {
  version: z.literal(1),
  system: vmSystem,
  architecture: z.enum(['x86_64']),
  machine: z.strictObject({
    type: z.enum(['q35', 'pc']),
    /** QEMU's version of the machine type (`7.2`), pinned at creation: the guest keeps its hardware when QEMU is upgraded. */
    version: z
      .string()
      .regex(/^\d{1,2}\.\d{1,2}$/)
      .nullable(),
  }),
  firmware: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('bios') }),
    z.strictObject({ kind: z.literal('uefi') }),
  ]),
  accelerator: z.enum(['auto', 'kvm', 'tcg']),
  cpu: z.strictObject({
    count: z
      .int('CPUs are a whole number.')
      .min(1, 'A VM needs at least 1 CPU.')
      .max(MAX_CPUS, `A VM can have at most ${MAX_CPUS} CPUs.`),
  }),
  memoryMiB: z
    .int('Memory is a whole number of MiB.')
    .min(MIN_MEMORY_MIB, `A VM needs at least ${MIN_MEMORY_MIB} MiB of memory.`)
    .max(MAX_MEMORY_MIB, 'A VM can have at most 4 TiB of memory.'),
  /** Device ids, first tried first. Devices that are not listed are not booted from. */
  boot: z.strictObject({ order: z.array(z.string()).max(32) }),
};

interface Checked {
  machine: { type: 'q35' | 'pc' };
  boot: { order: string[] };
  devices: (Device | DeviceDraft)[];
}

/** The rules between fields: unique ids, buses that the machine has, a boot order of bootable devices. */
function checkSpec(spec: Checked, ctx: z.RefinementCtx): void {
  const issue = (path: (string | number)[], message: string) => ctx.addIssue({ code: 'custom', path, message });
  const ids = new Set<string>();
  const macs = new Set<string>();
  const forwards = new Set<string>();
  const perBus = { virtio: 0, sata: 0, ide: 0 };
  spec.devices.forEach((d, i) => {
    if (ids.has(d.id)) issue(['devices', i, 'id'], `Two devices have the id ${d.id}.`);
    ids.add(d.id);
    if (d.kind === 'disk' || d.kind === 'cdrom') {
      perBus[d.bus]++;
      if (d.bus === 'ide' && spec.machine.type === 'q35')
        issue(['devices', i, 'bus'], 'The q35 machine has no IDE bus. Choose SATA, or the pc machine.');
    }
    if (d.kind !== 'nic') return;
    if (macs.has(d.mac)) issue(['devices', i, 'mac'], `Two NICs have the MAC address ${d.mac}.`);
    macs.add(d.mac);
    d.network.forwards.forEach((f, n) => {
      const key = `${f.protocol} ${f.hostPort}`;
      if (forwards.has(key))
        issue(
          ['devices', i, 'network', 'forwards', n, 'hostPort'],
          `Host port ${f.hostPort}/${f.protocol} is forwarded twice.`,
        );
      forwards.add(key);
    });
  });
  if (perBus.sata > 6) issue(['devices'], 'The SATA controller has 6 ports: use fewer SATA disks and CD-ROMs.');
  if (perBus.ide > 4) issue(['devices'], 'The IDE controller takes 4 drives: use fewer IDE disks and CD-ROMs.');
  spec.boot.order.forEach((deviceId, i) => {
    if (!/^(disk|cdrom|nic)\d$/.test(deviceId) || !ids.has(deviceId))
      issue(['boot', 'order', i], `There is no device ${deviceId} to boot from.`);
    if (spec.boot.order.indexOf(deviceId) !== i) issue(['boot', 'order', i], `${deviceId} is twice in the boot order.`);
  });
}

export const vmSpec = z.strictObject({ ...machineSettings, devices: z.array(device).max(32) }).superRefine(checkSpec);
export type VmSpec = z.infer<typeof vmSpec>;

/** A spec whose disks may still have to be made. */
export const vmSpecDraft = z
  .strictObject({ ...machineSettings, devices: z.array(deviceDraft).max(32) })
  .superRefine(checkSpec);
export type VmSpecDraft = z.infer<typeof vmSpecDraft>;

export const vmAutostart = z.strictObject({
  enabled: z.boolean(),
  /** Lower starts first. */
  order: z.int().min(0, 'The order is 0 to 999.').max(999, 'The order is 0 to 999.'),
  /** Wait before this VM starts, counted from the start of the one before it. */
  delaySeconds: z.int().min(0, 'The delay is 0 to 3600 seconds.').max(3600, 'The delay is 0 to 3600 seconds.'),
});
export type VmAutostart = z.infer<typeof vmAutostart>;
export const NO_AUTOSTART: VmAutostart = { enabled: false, order: 100, delaySeconds: 0 };

export const vmNotes = z.string().max(64 * 1024, 'Notes can have at most 64 KiB.');

export const vmTag = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,30}$/u,
    'A tag has 1 to 31 letters, digits, spaces, dots, dashes or underscores.',
  );
export const vmTags = z
  .array(vmTag)
  .max(20, 'A VM can have at most 20 tags.')
  .transform((tags) => [...new Set(tags)].sort());

/** Where it stands in the list, and whether it may be deleted. */
const vmPlace = { folderId: z.uuid().nullable(), tags: vmTags, isProtected: z.boolean() };

export const vmCreate = z.strictObject({
  name: vmName,
  spec: vmSpecDraft,
  notes: vmNotes.default(''),
  autostart: vmAutostart.default(NO_AUTOSTART),
  folderId: vmPlace.folderId.default(null),
  tags: vmPlace.tags.default([]),
  isProtected: vmPlace.isProtected.default(false),
  /** Start it as soon as its disks are there. */
  start: z.boolean().default(true),
});
export type VmCreate = z.infer<typeof vmCreate>;
/** What a form or a script sends: what is left out has its usual value. */
export type VmCreateInput = z.input<typeof vmCreate>;

export const vmPatch = z.strictObject({
  /** The `revision` that the change is based on; refused when the VM has changed since. */
  revision: z.int().optional(),
  name: vmName.optional(),
  notes: vmNotes.optional(),
  autostart: vmAutostart.optional(),
  folderId: vmPlace.folderId.optional(),
  tags: vmPlace.tags.optional(),
  isProtected: vmPlace.isProtected.optional(),
  spec: vmSpecDraft.optional(),
});
export type VmPatch = z.infer<typeof vmPatch>;

export const VM_STATUSES = [
  'creating',
  'stopped',
  'starting',
  'running',
  'paused',
  'saved',
  'stopping',
  'crashed',
  'unreachable',
  'broken',
] as const;
export type VmStatus = (typeof VM_STATUSES)[number];

/** What a person can ask of an existing VM. */
export const VM_VERBS = [
  'start',
  'shutdown',
  'reboot',
  'reset',
  'force-off',
  'pause',
  'resume',
  'save',
  'restore',
  'discard-state',
  'cancel',
  'delete',
] as const;
export const vmVerb = z.enum(VM_VERBS);
export type VmVerb = z.infer<typeof vmVerb>;

/** A file of the VM's folder that holds a disk. */
export interface DiskFileView {
  file: string;
  /** The device that uses it, null when it is not attached. */
  deviceId: string | null;
  format: 'qcow2' | 'raw';
  virtualBytes: number;
  /** Bytes it takes on the host now. */
  allocatedBytes: number;
}

/** How a VM's QEMU ended when nobody had asked it to. */
export interface VmExit {
  at: string;
  exitCode: number | null;
  signal: string | null;
  /** The last lines of QEMU's log. */
  logTail: string;
}

/** One VM as the browser sees it: whole, small enough to be pushed at each change. Times are ISO 8601. */
export interface VmView {
  id: string;
  name: string;
  /** Counts the changes of the definition. */
  revision: number;
  status: VmStatus;
  /** Why it is so, as a short phrase ("no space left for disk0"), or null when the status says it all. */
  reason: string | null;
  /** The one operation under way. `progress` is 0 to 1, null when unknown. */
  operation: { verb: VmVerb | 'create' | 'edit'; startedAt: string; progress: number | null } | null;
  /** When a shut down was asked of the guest and it has not gone off yet. */
  shutdownRequestedAt: string | null;
  pid: number | null;
  startedAt: string | null;
  /** What the running VM runs on. */
  accelerator: 'kvm' | 'tcg' | null;
  spec: VmSpec;
  /** The spec that the running (or saved) VM was started with, when it differs from `spec`. */
  runningSpec: VmSpec | null;
  notes: string;
  autostart: VmAutostart;
  /** The folder of the list it lies in, null at the top. */
  folderId: string | null;
  /** Names of its tags, sorted. */
  tags: string[];
  /** It is not deleted while this is so. */
  isProtected: boolean;
  savedAt: string | null;
  lastExit: VmExit | null;
  disks: DiskFileView[];
  /** The VM cannot be read: what is wrong. `status` is then `broken`, and `spec` a bare one. */
  problem: { message: string; details?: string } | null;
  createdAt: string;
}

/** True when the status means that a QEMU process lives. */
export function isAlive(status: VmStatus): boolean {
  return ['starting', 'running', 'paused', 'stopping', 'unreachable'].includes(status);
}

/** All port forwards of a spec, with the NIC they belong to. */
export function forwardsOf(spec: VmSpec) {
  return devicesOf(spec, 'nic').flatMap((nic) =>
    nic.network.forwards.map((forward) => ({ nicId: nic.id, ...forward })),
  );
}

/** The exact command lines that making and starting a VM would run. */
export interface CommandPreview {
  /** One argv per line: `qemu-img create …`. */
  disks: string[][];
  /** The program and its arguments. */
  qemu: string[];
}
