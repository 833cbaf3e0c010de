/** Routes of the host and of Skep itself. */
import type { hostEndpoints } from '../../shared/api/host-endpoints';
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
  watchEvents: ({ vmm, caller }) => streamEvents(vmm, caller.session),
};
