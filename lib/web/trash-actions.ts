'use server';
/** What the trash page, and the notice after a delete, ask for. */
import { parse } from '../shared/parse';
import { trashId, trashIds } from '../shared/trash';
import { vmm } from '../vmm';
import { action } from './action';

/** Puts one thing back where it was. */
export const restoreFromTrash = action(trashId, (actor, id) => vmm().trash.restore(actor, id));

/** Deletes one thing for good. */
export const deleteForGood = action(trashId, (actor, id) => vmm().trash.remove(actor, id));

/** Deletes these for good, as a task. */
export const emptyTrash = action((actor, ids: string[]) => vmm().trash.empty(actor, parse(trashIds, ids)));
