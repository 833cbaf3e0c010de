/**
 * The views that routes answer with, as schemas. The compiler holds each to the interface that the pages use: a field
 * that one of them lacks does not build.
 */
import { z } from 'zod';
import { ERROR_STATUS, type ErrorBody, type ErrorCode } from '../errors';
import type { LibraryFile, VmEvent } from '../events';
import { isoFacts } from '../iso-facts';
import type { AcceleratorVerdict, HostView } from '../host';
import { taskStatus, type TaskView } from '../task';
import type { NewToken, TokenView } from '../token';
import {
  VM_STATUSES,
  vmAutostart,
  vmSpec,
  vmVerb,
  type CommandPreview,
  type DiskFileView,
  type VmExit,
  type VmView,
} from '../vm';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Takes only a schema whose values are exactly of type T. */
export const viewOf =
  <T>() =>
  <S extends z.ZodType>(schema: Same<z.output<S>, T> extends true ? S : never): S =>
    schema;

const time = z.iso.datetime();
const bytes = z.int().min(0);

export const errorBody = viewOf<ErrorBody>()(
  z.object({
    code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
    message: z.string().describe('A sentence for people: what failed, why, what to do.'),
    details: z.string().optional().describe('The words of somebody else, such as QEMU.'),
    fields: z
      .record(z.string(), z.string())
      .optional()
      .describe('For invalid_input: the path of a field to what is wrong.'),
  }),
);

const diskFileView = viewOf<DiskFileView>()(
  z.object({
    file: z.string(),
    deviceId: z.string().nullable(),
    format: z.enum(['qcow2', 'raw']),
    virtualBytes: bytes,
    allocatedBytes: bytes,
  }),
);

const vmExit = viewOf<VmExit>()(
  z.object({ at: time, exitCode: z.int().nullable(), signal: z.string().nullable(), logTail: z.string() }),
);

const vmOperation = z.object({
  verb: z.union([vmVerb, z.literal('create'), z.literal('edit')]),
  startedAt: time,
  progress: z.number().min(0).max(1).nullable(),
});

export const vmView = viewOf<VmView>()(
  z.object({
    id: z.string(),
    name: z.string(),
    revision: z.int().describe('Counts the changes of the definition.'),
    status: z.enum(VM_STATUSES),
    reason: z.string().nullable(),
    operation: vmOperation.nullable(),
    shutdownRequestedAt: time.nullable(),
    pid: z.int().nullable(),
    startedAt: time.nullable(),
    accelerator: z.enum(['kvm', 'tcg']).nullable(),
    spec: vmSpec,
    runningSpec: vmSpec.nullable(),
    notes: z.string(),
    autostart: vmAutostart,
    folderId: z.string().nullable(),
    tags: z.array(z.string()),
    isProtected: z.boolean(),
    savedAt: time.nullable(),
    lastExit: vmExit.nullable(),
    disks: z.array(diskFileView),
    problem: z.object({ message: z.string(), details: z.string().optional() }).nullable(),
    createdAt: time,
  }),
);

export const vmEvent = viewOf<VmEvent>()(
  z.object({
    id: z.int(),
    at: time,
    kind: z.enum(['info', 'warning', 'error']),
    message: z.string(),
    details: z.string().nullable(),
    actor: z.string().nullable(),
  }),
);

export const commandPreview = viewOf<CommandPreview>()(
  z.object({ disks: z.array(z.array(z.string())), qemu: z.array(z.string()) }),
);

export const taskView = viewOf<TaskView>()(
  z.object({
    id: z.string(),
    kind: z.string(),
    title: z.string(),
    status: taskStatus,
    doneBytes: bytes,
    totalBytes: bytes.nullable(),
    bytesPerSecond: z.number().nullable(),
    step: z.string().nullable(),
    actor: z.string().nullable(),
    vmId: z.string().nullable(),
    error: errorBody.nullable(),
    createdAt: time,
    startedAt: time.nullable(),
    endedAt: time.nullable(),
  }),
);

export const libraryFile = viewOf<LibraryFile>()(
  z.object({
    ref: z.string(),
    folder: z.string().nullable(),
    name: z.string(),
    sizeBytes: bytes,
    modifiedAt: time,
    kind: z.enum(['iso', 'qcow2', 'raw', 'other']),
    label: z.string().nullable(),
    virtualBytes: bytes.nullable(),
    refusal: z.string().nullable(),
    facts: isoFacts.nullable(),
    sha256: z.string().nullable(),
    usedBy: z.array(z.string()),
  }),
);

const acceleratorVerdict = viewOf<AcceleratorVerdict>()(
  z.object({
    name: z.enum(['kvm', 'tcg']),
    works: z.boolean(),
    probeMs: z.number().nullable(),
    reason: z.string(),
    fix: z.string().nullable(),
    details: z.string().nullable(),
  }),
);

export const hostView = viewOf<HostView>()(
  z.object({
    hostname: z.string(),
    os: z.string(),
    kernel: z.string(),
    cpuModel: z.string(),
    cpuCount: z.int(),
    memoryTotalBytes: bytes,
    skepVersion: z.string(),
    listensOn: z.object({ address: z.string(), port: z.int() }).optional(),
    home: z.string(),
    libraryFolder: z.string(),
    qemu: z.object({ version: z.string(), path: z.string() }).nullable(),
    accelerators: z.array(acceleratorVerdict),
    accelerator: z.enum(['kvm', 'tcg']),
    uefi: z.object({ available: z.boolean(), reason: z.string() }),
    qemuUser: z.string(),
    problems: z.array(z.string()),
  }),
);

const tokenFields = {
  id: z.string(),
  name: z.string(),
  hint: z.string(),
  createdAt: time,
  expiresAt: time.nullable(),
  lastUsedAt: time.nullable(),
  isExpired: z.boolean(),
};
export const tokenView = viewOf<TokenView>()(z.object(tokenFields));
export const newToken = viewOf<NewToken>()(
  z.object({ ...tokenFields, token: z.string().describe('Shown this once. Keep it as a password is kept.') }),
);
