/** Back from the trash: a VM, a disk file of a VM, a file of the library. Names that are taken get a number. */
import { link, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { syncFile } from '../../qemu/sync-file';
import { AppError, errnoOf } from '../../shared/errors';
import { namesLike, type RestoredView } from '../../shared/trash';
import { inBackground } from '../background';
import type { EventLog } from '../event-log';
import type { Library } from '../library/library';
import type { Operations } from '../operations';
import { recover } from '../recover';
import type { Organiser } from '../organise';
import type { Registry } from '../registry';
import type { Actor, HomePaths } from '../types';
import type { VmEntry } from '../vm-entry';
import { toDefinition } from '../vm-store';
import { restoreRemarks } from './restore-remarks';
import { contentOf, exists, move } from './trash-files';
import type { PlacedItem, TrashPayloadOf } from './trash-item';
import type { TrashStore } from './trash-store';

export interface RestoreDeps {
  home: HomePaths;
  registry: Registry;
  operations: Operations;
  store: TrashStore;
  library: Pick<Library, 'list' | 'refresh' | 'share'>;
  organiser: Pick<Organiser, 'admit'>;
  log: EventLog;
}

/** A VM's name has at most 63 characters; a number may follow. */
const LONGEST_START = 58;

export class Restorer {
  constructor(private readonly deps: RestoreDeps) {}

  /**
   * Puts an item back. Its row of the trash is gone then, its note is not.
   *
   * @throws AppError `not_found` (its files are gone, its folder of the library is), `busy`
   */
  async restore(actor: Actor, item: PlacedItem): Promise<RestoredView> {
    if (!(await exists(contentOf(item.place))))
      throw new AppError('not_found', `The files of ${item.name} are not in the trash any more, or not all of them.`);
    const { payload } = item;
    switch (payload.kind) {
      case 'vm':
        return this.restoreVm(actor, item, payload);
      case 'disk':
        return this.restoreDisk(actor, item, payload);
      case 'library':
        return this.restoreToLibrary(item, payload.folder, payload.file);
    }
  }

  private async restoreVm(actor: Actor, item: PlacedItem, payload: TrashPayloadOf<'vm'>): Promise<RestoredView> {
    const { registry, operations, log } = this.deps;
    const name = this.freeVmName(item.name); // nothing may wait between this and add
    const entry = registry.add(toDefinition({ ...payload.vm, name, isProtected: false }));
    const others = registry.entries().filter((other) => other !== entry);
    await operations.run(entry.definition, 'create', () => this.bringBack(entry, item, payload));
    log.add(entry.definition.id, 'Restored from the trash.', { actor });
    const remarks = [
      ...(name === item.name ? [] : [`There is another VM ${item.name} now, so it is named ${name}.`]),
      ...restoreRemarks(entry.definition.spec, {
        others: others.map(({ definition }) => definition),
        isInLibrary: (file) => this.deps.library.list().some(({ ref }) => ref === file),
      }),
    ];
    for (const remark of remarks) log.add(entry.definition.id, remark, { kind: 'warning' });
    return { kind: 'vm', name, vmName: name, remarks };
  }

  /** Folder, then the row in place of the item's. What fails leaves it in the trash. */
  private async bringBack(entry: VmEntry, item: PlacedItem, payload: TrashPayloadOf<'vm'>): Promise<void> {
    const { registry, store } = this.deps;
    const { folder } = entry.machine;
    try {
      await move(contentOf(item.place), folder);
      try {
        entry.definition = await store.swapItemForVm(item.id, payload, entry.definition.name);
      } catch (error) {
        await move(folder, contentOf(item.place));
        throw error;
      }
    } catch (error) {
      registry.drop(entry);
      throw error;
    }
    // Its tags may have been forgotten meanwhile.
    inBackground(this.deps.organiser.admit({ tags: entry.definition.tags }), 'making the tags of a restored VM known');
    await recover(entry.machine);
    await registry.refreshDisks(entry);
  }

  /** Back to its VM, attached to nothing. A VM that is gone leaves its disk to the library. */
  private async restoreDisk(actor: Actor, item: PlacedItem, payload: TrashPayloadOf<'disk'>): Promise<RestoredView> {
    const { registry, operations, store, log } = this.deps;
    const entry = registry.findById(payload.vmId);
    if (!entry) {
      const restored = await this.restoreToLibrary(item, null, `${payload.vmName}-${payload.file}`);
      return { ...restored, remarks: [`${payload.vmName} is gone, so its disk is in the library now.`] };
    }
    const { folder } = entry.machine;
    const names = namesLike(payload.file, extname(payload.file));
    let file = names.next().value;
    await operations.run(entry.definition, 'edit', async () => {
      while (await exists(join(folder, file))) file = names.next().value;
      await move(contentOf(item.place), join(folder, file));
      await store.delete(item.id);
      await registry.refreshDisks(entry);
    });
    const { id, name } = entry.definition;
    log.add(id, `The disk file ${file} was restored from the trash.`, { actor });
    const remarks = file === payload.file ? [] : [`${name} has another ${payload.file} now, so it is named ${file}.`];
    return { kind: 'disk', name: file, vmName: name, remarks };
  }

  /** `link` refuses a name that is taken, where `rename` would replace the file. */
  private async restoreToLibrary(item: PlacedItem, folder: string | null, wanted: string): Promise<RestoredView> {
    const { store, library } = this.deps;
    const place = await this.libraryFolder(folder);
    const names = namesLike(wanted, extname(wanted));
    let file = names.next().value;
    while (!(await linkUnlessTaken(contentOf(item.place), join(place, file)))) file = names.next().value;
    await library.share(join(place, file));
    await syncFile(place);
    await store.delete(item.id);
    await rm(contentOf(item.place));
    await library.refresh();
    const remarks = file === wanted ? [] : [`The library has another ${wanted} now, so it is named ${file}.`];
    return { kind: item.payload.kind, name: file, vmName: null, remarks };
  }

  private async libraryFolder(name: string | null): Promise<string> {
    const { home, store } = this.deps;
    const path = name === null ? home.library : (await store.libraryFolders()).get(name);
    if (path && (await exists(path))) return path;
    throw new AppError('not_found', `The library has no folder ${name} any more. Add it again, then restore the file.`);
  }

  private freeVmName(wanted: string): string {
    const taken = new Set(this.deps.registry.entries().map(({ definition }) => definition.name));
    if (!taken.has(wanted)) return wanted;
    const names = namesLike(wanted.slice(0, LONGEST_START));
    let name = names.next().value;
    while (taken.has(name)) name = names.next().value;
    return name;
  }
}

/** @returns false when the name is taken */
async function linkUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}
