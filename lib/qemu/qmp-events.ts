/** QMP events as Skep understands them. Data that does not fit its schema makes an event `OTHER`, never an error. */
import { z } from 'zod';

const none = z.object({});

/** Schemas after `qapi/run-state.json`, `qapi/block-core.json` and `qapi/migration.json`; unknown keys are left out. */
const SCHEMAS = {
  SHUTDOWN: z.object({ guest: z.boolean(), reason: z.string() }),
  RESET: z.object({ guest: z.boolean(), reason: z.string() }),
  POWERDOWN: none,
  STOP: none,
  RESUME: none,
  SUSPEND: none,
  WAKEUP: none,
  GUEST_PANICKED: z.object({ action: z.string() }),
  /** With -blockdev `device` is empty, and the node's name tells which disk it is: Skep names it like the device. */
  BLOCK_IO_ERROR: z
    .object({
      'node-name': z.string().default(''),
      operation: z.string(),
      action: z.string(),
      nospace: z.boolean().default(false),
      reason: z.string().default(''),
    })
    .transform(({ 'node-name': nodeName, ...rest }) => ({ nodeName, ...rest })),
  MIGRATION: z.object({ status: z.string() }),
  DEVICE_TRAY_MOVED: z
    .object({ id: z.string(), 'tray-open': z.boolean() })
    .transform((data) => ({ id: data.id, trayOpen: data['tray-open'] })),
} as const;

type KnownEvent = keyof typeof SCHEMAS;

export type QmpEvent =
  | { [K in KnownEvent]: { name: K; data: z.output<(typeof SCHEMAS)[K]> } }[KnownEvent]
  /** `event` is QEMU's name for it. */
  | { name: 'OTHER'; event: string; data: Record<string, unknown> };

/** True for events that tell how the VM is; they are never dropped. */
export function isLifecycleEvent(name: string): boolean {
  return Object.hasOwn(SCHEMAS, name) && name !== 'RESET';
}

/** Gives an event its type. */
export function parseEvent(name: string, data: Record<string, unknown>): QmpEvent {
  if (Object.hasOwn(SCHEMAS, name)) {
    const result = SCHEMAS[name as KnownEvent].safeParse(data);
    if (result.success) return { name, data: result.data } as QmpEvent;
  }
  return { name: 'OTHER', event: name, data };
}
