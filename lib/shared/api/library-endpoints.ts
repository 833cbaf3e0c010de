/** Routes of the library. */
import { z } from 'zod';
import { libraryRef } from '../device';
import { PAGING, pageOf, type Endpoint } from './endpoint';
import { libraryFile } from './views';

/** In a folder that was added: `folder%2Fname`. */
const byName = z.strictObject({ name: libraryRef });

export const libraryEndpoints = {
  listLibrary: {
    method: 'GET',
    path: '/library/files',
    tag: 'library',
    summary: 'List the files of the library, by name',
    query: z.strictObject({
      q: z.string().max(200).optional().describe('Part of the name, in any case of letters.'),
      kind: z.enum(['iso', 'qcow2', 'raw', 'other']).optional(),
      ...PAGING,
    }),
    status: 200,
    result: pageOf(libraryFile),
    etag: 'content',
  },
  getLibraryFile: {
    method: 'GET',
    path: '/library/files/{name}',
    tag: 'library',
    summary: 'Show what is known of a file of the library',
    params: byName,
    status: 200,
    result: libraryFile,
    etag: 'content',
    errors: ['not_found'],
  },
  removeLibraryFile: {
    method: 'DELETE',
    path: '/library/files/{name}',
    tag: 'library',
    summary: 'Delete a file of the library that no virtual machine uses',
    params: byName,
    status: 204,
    errors: ['not_found', 'busy'],
  },
  refreshLibrary: {
    method: 'POST',
    path: '/library/refresh',
    tag: 'library',
    summary: 'Look into the folders of the library again',
    status: 200,
    result: z.object({ files: z.int().min(0) }),
  },
} as const satisfies Record<string, Endpoint>;
