/** Filters of the list that a user gave a name to: one row each, at most one of a user's the default. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../shared/errors';
import { parse } from '../shared/parse';
import {
  filterPatch,
  filterSave,
  MAX_FILTERS,
  type FilterPatch,
  type FilterSave,
  type SavedFilterView,
} from '../shared/saved-filter';
import type { Db } from './db';
import type { Actor, FilterService } from './types';

export class SavedFilters implements FilterService {
  constructor(private readonly db: Db) {}

  async list({ userId }: Actor): Promise<SavedFilterView[]> {
    const rows = await this.db.savedFilter.findMany({ where: { userId }, orderBy: { name: 'asc' } });
    return rows.map(({ id, name, query, isDefault }) => ({ id, name, query, isDefault }));
  }

  async save(actor: Actor, data: FilterSave): Promise<SavedFilterView[]> {
    const { name, query, isDefault } = parse(filterSave, data);
    const { userId } = actor;
    const known = await this.list(actor);
    if (known.length >= MAX_FILTERS && !known.some((filter) => filter.name === name))
      throw new AppError('invalid_input', `You have ${MAX_FILTERS} saved filters. Delete one first.`);
    await this.db.$transaction([
      ...(isDefault ? [this.noDefault(userId)] : []),
      this.db.savedFilter.upsert({
        where: { userId_name: { userId, name } },
        create: { id: randomUUID(), userId, name, query, isDefault },
        update: { query, isDefault },
      }),
    ]);
    return this.list(actor);
  }

  async update(actor: Actor, id: string, data: FilterPatch): Promise<SavedFilterView[]> {
    const patch = parse(filterPatch, data);
    const known = await this.list(actor);
    requireFilter(known, id);
    if (known.some((filter) => filter.id !== id && filter.name === patch.name))
      throw new AppError('already_exists', `You have a filter named ${patch.name} already. Choose another name.`, {
        fields: { name: 'Another filter has this name.' },
      });
    await this.db.$transaction([
      ...(patch.isDefault ? [this.noDefault(actor.userId)] : []),
      this.db.savedFilter.update({ where: { id }, data: patch }),
    ]);
    return this.list(actor);
  }

  async remove(actor: Actor, id: string): Promise<SavedFilterView[]> {
    requireFilter(await this.list(actor), id);
    await this.db.savedFilter.deleteMany({ where: { id } });
    return this.list(actor);
  }

  private noDefault(userId: string) {
    return this.db.savedFilter.updateMany({ where: { userId }, data: { isDefault: false } });
  }
}

function requireFilter(known: readonly SavedFilterView[], id: string): void {
  if (!known.some((filter) => filter.id === id))
    throw new AppError('not_found', 'That filter does not exist any more. It may have been deleted in another tab.');
}
