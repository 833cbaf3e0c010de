/**
 * What goes over `/ws/serial`.
 *
 *   browser                                   server
 *     ── GET /ws/serial?vm=…&epoch=…&from=… ──▶
 *     ◀── text  {hello, epoch, offset, lost, end} ──   once, first; what comes before `end` is a replay
 *     ◀── binary: output, from `offset` on        ──
 *     ◀── text  {skip, offset, lost}              ──   this viewer was too slow; goes on at `offset`
 *     ── text  {ack, offset}                      ──▶  shown up to `offset`: more may come
 *     ── binary: what was typed                   ──▶
 *     ◀── close 4410                              ──   the VM stopped
 *
 * Whoever counts the bytes after `offset` can come back and ask for exactly the rest.
 */
import { z } from 'zod';

const offset = z.int().min(0);

export const serialControl = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), epoch: z.string().max(100), offset, lost: offset, end: offset }),
  z.strictObject({ type: z.literal('skip'), offset, lost: offset }),
]);
export type SerialControl = z.infer<typeof serialControl>;

/** A viewer shows what it was given; without this a browser would pile up what a flooding guest says. */
export const serialAck = z.strictObject({ type: z.literal('ack'), offset });

/** A viewer acknowledges at least each time it has shown this much. */
export const ACK_BYTES = 32 * 1024;

/** Where a viewer wants to go on; both or neither. */
export const serialFrom = z.object({ epoch: z.string().max(100), offset: z.coerce.number().pipe(offset) });

/** The path of a VM's serial socket for a viewer that has read up to `from`. */
export function serialPath(vmId: string, from?: { epoch: string; offset: number }): string {
  const query = new URLSearchParams({ vm: vmId });
  if (from) {
    query.set('epoch', from.epoch);
    query.set('from', String(from.offset));
  }
  return `/ws/serial?${query}`;
}
