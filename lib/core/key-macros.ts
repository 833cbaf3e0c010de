/** The key macros of users: one row each. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../shared/errors';
import { keyMacroSave, keyMacroSteps, MAX_MACROS, type KeyMacroSave, type KeyMacroView } from '../shared/key-macro';
import { parse } from '../shared/parse';
import type { Db } from './db';
import type { Actor } from './types';

export class KeyMacros {
  constructor(private readonly db: Db) {}

  /** A user's macros by name. */
  async list({ userId }: Actor): Promise<KeyMacroView[]> {
    const rows = await this.db.keyMacro.findMany({ where: { userId }, orderBy: { name: 'asc' } });
    return rows.flatMap(({ id, name, steps }) => {
      // A row that cannot be read (of a later version, say) is left alone and not shown.
      const parsed = keyMacroSteps.safeParse(JSON.parse(steps));
      return parsed.success ? [{ id, name, steps: parsed.data }] : [];
    });
  }

  /** @throws AppError `not_found` */
  async get(actor: Actor, id: string): Promise<KeyMacroView> {
    const macro = (await this.list(actor)).find((candidate) => candidate.id === id);
    if (macro) return macro;
    throw new AppError('not_found', 'That macro does not exist any more. It may have been deleted in another tab.');
  }

  /** Makes a macro, or changes the one with the id. @throws AppError `invalid_input` | `not_found` | `already_exists` */
  async save(actor: Actor, data: KeyMacroSave): Promise<KeyMacroView[]> {
    const { id, name, steps } = parse(keyMacroSave, data);
    const known = await this.list(actor);
    if (id !== undefined) await this.get(actor, id);
    else if (known.length >= MAX_MACROS)
      throw new AppError('invalid_input', `You have ${MAX_MACROS} macros. Delete one first.`);
    if (known.some((macro) => macro.name === name && macro.id !== id))
      throw new AppError('already_exists', `You have a macro named ${name} already. Choose another name.`, {
        fields: { name: 'Another macro has this name.' },
      });
    const row = { name, steps: JSON.stringify(steps) };
    if (id !== undefined) await this.db.keyMacro.update({ where: { id }, data: row });
    else await this.db.keyMacro.create({ data: { id: randomUUID(), userId: actor.userId, ...row } });
    return this.list(actor);
  }

  /** @throws AppError `not_found` */
  async remove(actor: Actor, id: string): Promise<KeyMacroView[]> {
    await this.get(actor, id);
    await this.db.keyMacro.delete({ where: { id } });
    return this.list(actor);
  }
}
