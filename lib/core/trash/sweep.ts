/**
 * The trash at Skep's start: what a kill cut in two is made whole.
 *
 *   content  row   VM's row   what was cut         what is done
 *   ───────  ───   ────────   ──────────────────   ──────────────────────────────────────────────
 *     yes    yes              nothing              stays
 *     yes    no      yes      a VM's delete        goes back where it was
 *     yes    no      no       a file's delete      gets its row (so does one whose database was lost)
 *     no     yes     no       a VM's restore       goes into the trash again
 *     no     yes              a file's restore     row goes: the file is where it belongs
 *     no     no               before, or at the end   the empty note goes
 *   .purged-                  a purge              the rest of it goes, then the row
 */
import { join } from 'node:path';
import type { HomePaths } from '../types';
import {
  contentOf,
  exists,
  findPlaces,
  LIBRARY_TRASH,
  move,
  purgeFiles,
  unstage,
  type FoundPlace,
} from './trash-files';
import type { PlacedItem } from './trash-item';
import type { TrashStore } from './trash-store';

/** Repairs every trash folder that can be reached. What is strange is left alone, and said. */
export async function sweepTrash(store: TrashStore, home: HomePaths): Promise<void> {
  const rows = new Map((await store.list()).map((item) => [item.id, item]));
  const libraries = [home.library, ...(await store.libraryFolders()).values()];
  for (const folder of [home.trash, ...libraries.map((library) => join(library, LIBRARY_TRASH))]) {
    const found = await findPlaces(folder);
    if (!found) continue;
    const seen = new Set(found.map(({ id }) => id));
    for (const place of found) await repair(store, home, place, rows.get(place.id));
    for (const row of rows.values())
      if (row.place === join(folder, row.id) && !seen.has(row.id)) await forgetRow(store, row);
  }
}

async function repair(store: TrashStore, home: HomePaths, found: FoundPlace, row: PlacedItem | undefined) {
  const { id, place, isPurged, hasContent, item } = found;
  if (isPurged) {
    await purgeFiles(join(place, '..', id));
    return store.delete(id);
  }
  if (hasContent && row) return;
  if (hasContent) return item ? adopt(store, home, { ...item, place }) : console.error(`skep: ${place} is not known.`);
  if (row?.payload.kind === 'vm' && (await takeBack(store, home, row))) return;
  if (row) await store.delete(id);
  if (row || item) await unstage(place);
}

/** Content without a row. */
async function adopt(store: TrashStore, home: HomePaths, item: PlacedItem): Promise<void> {
  const { payload, place } = item;
  if (payload.kind !== 'vm' || !(await store.hasVm(payload.vm.id))) return store.insert(item);
  const folder = join(home.vms, payload.vm.id);
  if (await exists(folder)) return console.error(`skep: ${place} holds a second folder of the VM ${item.name}.`);
  await move(contentOf(place), folder);
  await unstage(place);
}

/** A VM's row of the trash without its content. @returns whether the content is there again */
async function takeBack(store: TrashStore, home: HomePaths, { payload, place }: PlacedItem): Promise<boolean> {
  if (payload.kind !== 'vm' || (await store.hasVm(payload.vm.id))) return false;
  const folder = join(home.vms, payload.vm.id);
  if (!(await exists(folder))) return false;
  await move(folder, contentOf(place));
  return true;
}

async function forgetRow(store: TrashStore, { id, name, place }: PlacedItem): Promise<void> {
  console.error(`skep: ${name} is not in the trash any more: ${place} is gone.`);
  await store.delete(id);
}
