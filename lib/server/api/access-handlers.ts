/** Routes of who asks, and of their keys. */
import type { accessEndpoints } from '../../shared/api/access-endpoints';
import { AppError } from '../../shared/errors';
import type { Handlers } from './call';
import { pageThrough } from './paging';

export const accessHandlers: Handlers<keyof typeof accessEndpoints> = {
  getMe: ({ caller }) => ({ name: caller.session.name, via: caller.via }),
  makeTicket({ vmm, caller, body: { kind, vmId } }) {
    if ((kind === 'events') !== (vmId === null))
      throw new AppError('invalid_input', 'A console needs a VM; the events socket takes none.');
    if (vmId !== null && !vmm.vms.findById(vmId)) throw new AppError('not_found', 'This VM does not exist any more.');
    return { ticket: vmm.auth.issueTicket(caller.session, kind, vmId) };
  },
  listTokens: ({ vmm, actor, query }) =>
    pageThrough(vmm.auth.tokens.list(actor), query, ({ createdAt, id }) => `${createdAt} ${id}`, 'descending'),
  createToken({ vmm, caller, actor, body }) {
    // One that leaked could go on for ever otherwise, under other names.
    if (caller.via === 'token')
      throw new AppError('forbidden', 'A token makes no further tokens. Make it in the settings, or on the host.');
    return vmm.auth.tokens.create(actor, body);
  },
  async revokeToken({ vmm, actor, params }) {
    await vmm.auth.tokens.revoke(actor, params.id);
  },
};
