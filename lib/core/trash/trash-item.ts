/** One thing in the trash: what is known of it, and what its restore needs. */
import { z } from 'zod';
import { libraryFileName, vmFileName } from '../../shared/device';

/** The columns of a VM as they were. The spec stays as it stands there: it is checked when it is read again. */
const vmRow = z.object({
  id: z.uuid(),
  revision: z.int(),
  spec: z.string(),
  notes: z.string(),
  autostart: z.boolean(),
  autostartOrder: z.int(),
  autostartDelaySeconds: z.int(),
  folderId: z.string().nullable(),
  tags: z.string(),
  createdAt: z.coerce.date(),
});

const vmEventRow = z.object({
  at: z.coerce.date(),
  kind: z.string(),
  message: z.string(),
  details: z.string().nullable(),
  actor: z.string().nullable(),
});

export const vmPayload = z.object({ kind: z.literal('vm'), vm: vmRow, events: z.array(vmEventRow) });

const trashPayload = z.discriminatedUnion('kind', [
  vmPayload,
  z.object({ kind: z.literal('disk'), vmId: z.uuid(), vmName: z.string(), file: vmFileName }),
  /** `folder` is the name of a folder that an administrator added, null for the home's library. */
  z.object({ kind: z.literal('library'), folder: z.string().nullable(), file: libraryFileName }),
]);
export type TrashPayload = z.infer<typeof trashPayload>;
export type TrashPayloadOf<K extends TrashPayload['kind']> = Extract<TrashPayload, { kind: K }>;

/** Written beside what it describes before that is moved, so that a row which was never written can be made up for. */
export const trashItem = z.object({
  id: z.uuid(),
  name: z.string(),
  sizeBytes: z.int(),
  deletedAt: z.coerce.date(),
  deletedBy: z.string().nullable(),
  /** As promised when it was deleted. */
  keepDays: z.int(),
  payload: trashPayload,
});
export type TrashItem = z.infer<typeof trashItem>;

/** An item that lies in a place of its own. */
export interface PlacedItem extends TrashItem {
  /** Its own folder in a trash folder, absolute. */
  place: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** When it goes for good. Pure. */
export function expiryOf({ deletedAt, keepDays }: Pick<TrashItem, 'deletedAt' | 'keepDays'>): Date {
  return new Date(deletedAt.getTime() + keepDays * DAY_MS);
}
