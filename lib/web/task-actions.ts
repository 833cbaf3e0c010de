'use server';
/** What the page of tasks asks for. */
import { taskId, taskIds } from '../shared/task';
import { vmm } from '../vmm';
import { action } from './action';

/** Cancels a task; answers when what was there of it has been removed. */
export const cancelTask = action(taskId, (actor, id) => vmm().tasks.cancel(actor, id));

/** Takes ended tasks out of the list. */
export const forgetTasks = action(taskIds, (actor, ids) => vmm().tasks.forget(actor, ids));

/** The log of a task, one line per thing worth telling. */
export const readTaskLog = action(taskId, (_actor, id) => vmm().tasks.log(id));
