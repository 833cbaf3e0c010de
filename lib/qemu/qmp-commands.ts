/**
 * The QMP commands that Skep uses, and no others: names with their time limits, one typed function each. Replies
 * are checked with a schema, because the QEMU that answers may belong to its guest by now.
 *
 * Source: QEMU's QMP reference, version 7.2.
 */
import { z } from 'zod';
import { AppError } from '../shared/errors';
import type { QmpClient } from './qmp';

const STATUS_MS = 3_000;
const CHANGE_MS = 30_000;

/** Every command that may be sent, with how long its reply may take, in milliseconds. */
export const QMP_COMMANDS = {
  qmp_capabilities: STATUS_MS,
  'query-status': STATUS_MS,
  'query-block': STATUS_MS,
  'query-block-jobs': STATUS_MS,
  'query-jobs': STATUS_MS,
  'query-uuid': STATUS_MS,
  'query-name': STATUS_MS,
  'query-version': STATUS_MS,
  'query-chardev': STATUS_MS,
  'query-vnc': STATUS_MS,
  'query-migrate': STATUS_MS,
  cont: CHANGE_MS,
  stop: CHANGE_MS,
  system_powerdown: STATUS_MS,
  system_reset: CHANGE_MS,
  quit: STATUS_MS,
  'input-send-event': STATUS_MS,
  'blockdev-change-medium': CHANGE_MS,
  eject: CHANGE_MS,
  migrate: CHANGE_MS,
  'migrate-set-parameters': STATUS_MS,
  'migrate-set-capabilities': STATUS_MS,
  'migrate-incoming': CHANGE_MS,
  migrate_cancel: STATUS_MS,
  screendump: CHANGE_MS,
} as const;

export type QmpCommand = keyof typeof QMP_COMMANDS;

const runState = z.object({ status: z.string(), running: z.boolean() });
/** QEMU's run state: `running`, `paused`, `prelaunch`, `shutdown`, `io-error`, `guest-panicked`, `inmigrate`, … */
export type QmpStatus = z.output<typeof runState>;

const blockList = z.array(
  z
    .object({
      qdev: z.string().optional(),
      locked: z.boolean().optional(),
      tray_open: z.boolean().optional(),
      'io-status': z.string().optional(),
      inserted: z
        .object({
          'node-name': z.string().optional(),
          file: z.string(),
          drv: z.string(),
          ro: z.boolean(),
          image: z.object({ filename: z.string(), 'virtual-size': z.number(), 'actual-size': z.number().optional() }),
        })
        .optional(),
    })
    .transform((b) => ({
      /** Id of the device, or its path for one without id. */
      deviceId: b.qdev ?? '',
      nodeName: b.inserted?.['node-name'] ?? null,
      file: b.inserted?.image.filename ?? null,
      driver: b.inserted?.drv ?? null,
      readOnly: b.inserted?.ro ?? false,
      virtualBytes: b.inserted?.image['virtual-size'] ?? null,
      allocatedBytes: b.inserted?.image['actual-size'] ?? null,
      /** `ok`, `failed` or `nospace`; null where QEMU keeps none. */
      ioStatus: b['io-status'] ?? null,
      trayOpen: b.tray_open ?? false,
      locked: b.locked ?? false,
    })),
);
export type QmpBlock = z.output<typeof blockList>[number];

const jobList = z.array(z.object({ id: z.string(), type: z.string(), status: z.string() }));

const version = z
  .object({ qemu: z.object({ major: z.number(), minor: z.number(), micro: z.number() }), package: z.string() })
  .transform(({ qemu, package: packaged }) => ({ ...qemu, package: packaged }));

const chardevList = z.array(
  z
    .object({ label: z.string(), filename: z.string(), 'frontend-open': z.boolean() })
    .transform((c) => ({ label: c.label, filename: c.filename, open: c['frontend-open'] })),
);

const vnc = z.object({
  enabled: z.boolean(),
  family: z.string().optional(),
  service: z.string().optional(),
  auth: z.string().optional(),
  clients: z.array(z.object({})).default([]),
});

const migration = z
  .object({
    status: z.string().optional(),
    ram: z.object({ total: z.number(), remaining: z.number(), transferred: z.number() }).optional(),
    'error-desc': z.string().optional(),
  })
  .transform((m) => ({
    /** `none`, `setup`, `active`, `completed`, `failed`, `cancelled`, … */
    status: m.status ?? 'none',
    totalBytes: m.ram?.total ?? 0,
    remainingBytes: m.ram?.remaining ?? 0,
    transferredBytes: m.ram?.transferred ?? 0,
    error: m['error-desc'] ?? null,
  }));
export type QmpMigration = z.output<typeof migration>;

export const queryStatus = (qmp: QmpClient) => ask(qmp, 'query-status', runState);
export const queryBlock = (qmp: QmpClient) => ask(qmp, 'query-block', blockList);
export const queryJobs = (qmp: QmpClient) => ask(qmp, 'query-jobs', jobList);
export const queryBlockJobs = (qmp: QmpClient) =>
  ask(qmp, 'query-block-jobs', z.array(z.object({ device: z.string(), type: z.string(), status: z.string() })));
export const queryUuid = async (qmp: QmpClient) => (await ask(qmp, 'query-uuid', z.object({ UUID: z.string() }))).UUID;
export const queryName = async (qmp: QmpClient) =>
  (await ask(qmp, 'query-name', z.object({ name: z.string().optional() }))).name ?? '';
export const queryVersion = (qmp: QmpClient) => ask(qmp, 'query-version', version);
export const queryChardev = (qmp: QmpClient) => ask(qmp, 'query-chardev', chardevList);
export const queryVnc = (qmp: QmpClient) => ask(qmp, 'query-vnc', vnc);
export const queryMigrate = (qmp: QmpClient) => ask(qmp, 'query-migrate', migration);

/** Lets the guest run, or go on. */
export const cont = (qmp: QmpClient) => tell(qmp, 'cont');
/** Pauses the guest. */
export const stop = (qmp: QmpClient) => tell(qmp, 'stop');
/** Presses the guest's power button. The guest may ignore it. */
export const systemPowerdown = (qmp: QmpClient) => tell(qmp, 'system_powerdown');
/** Presses the guest's reset button. */
export const systemReset = (qmp: QmpClient) => tell(qmp, 'system_reset');
/** Ends QEMU at once, after it has flushed its disks. */
export const quit = (qmp: QmpClient) => tell(qmp, 'quit');

/** Presses or releases keys in their order, by their QEMU names (`ctrl`, `alt`, `delete`). A paused guest gets none. */
export const inputSendKeys = (qmp: QmpClient, keys: readonly string[], down: boolean) =>
  tell(qmp, 'input-send-event', {
    events: keys.map((data) => ({ type: 'key', data: { down, key: { type: 'qcode', data } } })),
  });

/**
 * Puts an image into a CD-ROM drive, in place of what is in it, even when the guest has locked the drive.
 *
 * @param deviceId the drive's id, `cdrom0`
 * @param file absolute path: QEMU would read anything else as a protocol (`nbd:`, `fat:`, `json:`)
 */
export async function changeMedium(qmp: QmpClient, deviceId: string, file: string): Promise<void> {
  if (!file.startsWith('/')) throw new AppError('invalid_input', 'The path of a CD image must be absolute.');
  await tell(qmp, 'blockdev-change-medium', {
    id: deviceId,
    filename: file,
    format: 'raw',
    force: true,
    'read-only-mode': 'read-only',
  });
}

/** Empties a CD-ROM drive, even when the guest has locked it. */
export const eject = (qmp: QmpClient, deviceId: string) => tell(qmp, 'eject', { id: deviceId, force: true });

/** Starts sending the VM's state to a unix socket. Progress by queryMigrate and MIGRATION events. */
export const migrate = (qmp: QmpClient, socketPath: string) => tell(qmp, 'migrate', { uri: `unix:${socketPath}` });
/** Listens on a unix socket for a VM's state; for a QEMU started with `-incoming defer`. */
export const migrateIncoming = (qmp: QmpClient, socketPath: string) =>
  tell(qmp, 'migrate-incoming', { uri: `unix:${socketPath}` });
export const migrateCancel = (qmp: QmpClient) => tell(qmp, 'migrate_cancel');
export const migrateSetParameters = (qmp: QmpClient, parameters: { maxBandwidthBytesPerSecond: number }) =>
  tell(qmp, 'migrate-set-parameters', { 'max-bandwidth': parameters.maxBandwidthBytesPerSecond });
export const migrateSetCapabilities = (qmp: QmpClient, capabilities: Record<string, boolean>) =>
  tell(qmp, 'migrate-set-capabilities', {
    capabilities: Object.entries(capabilities).map(([capability, state]) => ({ capability, state })),
  });

/** Has QEMU write the screen as PNG into a file of its run directory. */
export const screendump = (qmp: QmpClient, file: string) => tell(qmp, 'screendump', { filename: file, format: 'png' });

async function tell(qmp: QmpClient, command: QmpCommand, args?: Record<string, unknown>): Promise<void> {
  await qmp.run(command, args);
}

async function ask<S extends z.ZodType>(qmp: QmpClient, command: QmpCommand, schema: S): Promise<z.output<S>> {
  const result = schema.safeParse(await qmp.run(command));
  if (result.success) return result.data;
  throw new AppError('qemu_unreachable', `QEMU answered ${command} with something that makes no sense.`, {
    details: z.prettifyError(result.error),
  });
}
