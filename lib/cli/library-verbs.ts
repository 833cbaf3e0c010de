/** Verbs of the library. */
import { formatBytes } from '../shared/units';
import { confirm } from './change-verbs';
import { allPages } from './pages';
import type { Verb } from './verb';

const images: Verb = {
  name: 'images',
  group: 'Library',
  summary: 'List the ISOs and disk images of the library',
  arguments: [{ name: 'TEXT', optional: true }],
  options: {},
  example: 'skep images debian',
  async run({ api, screen, json }, given) {
    const q = given.optional('TEXT');
    const files = await allPages((cursor) => api.call('listLibrary', { query: { q, cursor, limit: 500 } }));
    if (json) return screen.json(files);
    if (files.length === 0) return screen.note('The library has no such file.');
    const rows = files.map((file) => [
      file.name,
      file.kind,
      formatBytes(file.sizeBytes),
      file.refusal ?? file.label ?? '',
    ]);
    screen.table(['NAME', 'KIND', 'SIZE', 'ABOUT'], rows);
  },
};

const rmImage: Verb = {
  name: 'rm-image',
  group: 'Library',
  summary: 'Delete files of the library that no VM uses',
  arguments: [{ name: 'FILE', completes: 'image', many: true }],
  options: { yes: { short: 'y', help: 'Do not ask' } },
  example: 'skep rm-image old.iso --yes',
  async run({ api, screen, json }, given) {
    const names = given.rest('FILE');
    if (!given.has('yes')) await confirm(`Delete ${names.join(', ')}?`);
    for (const name of names) {
      await api.call('removeLibraryFile', { params: { name } });
      screen.note(`${name} was deleted.`);
    }
    if (json) screen.json(names);
  },
};

export const libraryVerbs: Verb[] = [images, rmImage];
