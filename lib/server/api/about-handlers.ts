/** The interface's description of itself. */
import type { aboutEndpoints } from '../../shared/api/about-endpoints';
import { openApiDocument } from '../../shared/api/openapi';
import type { Handlers } from './call';

export const aboutHandlers: Handlers<keyof typeof aboutEndpoints> = {
  getOpenApi: ({ vmm }) => ({ ...openApiDocument(vmm.host.view().skepVersion) }),
};
