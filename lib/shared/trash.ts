/**
 * What was deleted and can be brought back: VMs, disk files, files of the library.
 *
 *   delete ──▶ trash ──restore──▶ back where it was, under another name when its own is taken
 *                └──── emptied by hand, or its days are over ──▶ gone
 */
import { z } from 'zod';

export const TRASH_KINDS = ['vm', 'disk', 'library'] as const;
export const trashKind = z.enum(TRASH_KINDS);
export type TrashKind = z.infer<typeof trashKind>;

export const trashId = z.uuid('That is no id of something in the trash.');
export const trashIds = z.array(trashId).min(1, 'Name at least one thing in the trash.').max(10_000);

/** One thing in the trash. Times are ISO 8601. */
export interface TrashView {
  id: string;
  kind: TrashKind;
  /** The name of the VM or the file. */
  name: string;
  /** Of a disk: its VM's name then. Of a library file: the folder that an administrator added, or null. */
  from: string | null;
  /** Bytes it takes on the host. */
  sizeBytes: number;
  deletedAt: string;
  deletedBy: string | null;
  /** When it goes for good. */
  expiresAt: string;
}

/** The trash as the browser gets it: whole. */
export interface TrashState {
  /** Days that what is deleted now will wait; 0 means that it is deleted at once. */
  keepDays: number;
  /** Newest first. */
  items: TrashView[];
}

/** What became of a restore. */
export interface RestoredView {
  kind: TrashKind;
  /** Its name now, which may be another one. */
  name: string;
  /** The VM it is or belongs to now, null for a file of the library. */
  vmName: string | null;
  /** What is different from before, or stands in the way of using it, in sentences. */
  remarks: string[];
}

/** `web`, `web-2`, `web-3`, … without end. `ending` stays at the end: `disk0.qcow2`, `disk0-2.qcow2`. */
export function* namesLike(name: string, ending = ''): Generator<string, never> {
  yield name;
  const start = name.slice(0, name.length - ending.length);
  for (let n = 2; ; n++) yield `${start}-${n}${ending}`;
}
