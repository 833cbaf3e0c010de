/** Routes of the library. */
import type { libraryEndpoints } from '../../shared/api/library-endpoints';
import { AppError } from '../../shared/errors';
import type { Handlers } from './call';
import { pageThrough } from './paging';

export const libraryHandlers: Handlers<keyof typeof libraryEndpoints> = {
  listLibrary({ vmm, query }) {
    const { q, kind, ...paging } = query;
    const wanted = vmm.library
      .list()
      .filter((file) => kind === undefined || file.kind === kind)
      .filter((file) => q === undefined || file.name.toLowerCase().includes(q.toLowerCase()));
    return pageThrough(wanted, paging, ({ ref }) => ref);
  },
  getLibraryFile({ vmm, params }) {
    const found = vmm.library.list().find(({ ref }) => ref === params.name);
    if (found) return found;
    throw new AppError('not_found', `There is no “${params.name}” in the library.`);
  },
  async removeLibraryFile({ vmm, actor, params }) {
    await vmm.library.remove(actor, params.name);
  },
  async refreshLibrary({ vmm }) {
    return { files: (await vmm.library.refresh()).length };
  },
};
