/** Routes of the host, of Skep itself and of who asks. */
import type { hostEndpoints } from '../../shared/api/host-endpoints';
import { AppError } from '../../shared/errors';
import type { Handlers } from './call';
import { streamEvents } from './event-stream';

export const hostHandlers: Handlers<keyof typeof hostEndpoints> = {
  getHost: ({ vmm }) => vmm.host.view(),
  refreshHost: ({ vmm }) => vmm.host.refresh(),
  getSettings: ({ vmm }) => vmm.settings.get(),
  updateSettings({ vmm, actor, body, requireMatch }) {
    requireMatch(vmm.settings.get());
    return vmm.settings.update(actor, body);
  },
  getMe: ({ caller }) => ({ name: caller.session.name, via: caller.via }),
  makeTicket({ vmm, caller, body: { kind, vmId } }) {
    if ((kind === 'events') !== (vmId === null))
      throw new AppError('invalid_input', 'A console needs a VM; the events socket takes none.');
    if (vmId !== null && !vmm.vms.findById(vmId)) throw new AppError('not_found', 'This VM does not exist any more.');
    return { ticket: vmm.auth.issueTicket(caller.session, kind, vmId) };
  },
  watchEvents: ({ vmm, caller }) => streamEvents(vmm, caller.session),
};
