import { z } from 'zod';
import { AppError } from '@/lib/shared/errors';
import { vmm } from '@/lib/vmm';
import { route } from '@/lib/web/route';

const ticketInput = z.strictObject({ kind: z.enum(['events', 'vnc', 'serial']), vmId: z.string().max(64).nullable() });

/** POST {kind, vmId}: a ticket that opens one socket within 30 s. */
export const POST = route(async ({ session, json }) => {
  const { kind, vmId } = await json(ticketInput);
  if ((kind === 'events') !== (vmId === null))
    throw new AppError('invalid_input', 'A console needs a VM; the events socket takes none.');
  if (vmId !== null && !vmm().vms.findById(vmId)) throw new AppError('not_found', 'This VM does not exist any more.');
  return { ticket: vmm().auth.issueTicket(session, kind, vmId) };
});
