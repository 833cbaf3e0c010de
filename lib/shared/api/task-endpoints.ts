/** Routes of long work. */
import { z } from 'zod';
import { taskId, taskStatus } from '../task';
import { PAGING, pageOf, type Endpoint } from './endpoint';
import { taskView } from './views';

const byId = z.strictObject({ id: taskId });

export const taskEndpoints = {
  listTasks: {
    method: 'GET',
    path: '/tasks',
    tag: 'tasks',
    summary: 'List long work, newest first',
    query: z.strictObject({
      status: taskStatus.optional(),
      kind: z.string().max(64).optional(),
      vmId: z.string().max(64).optional(),
      ...PAGING,
    }),
    status: 200,
    result: pageOf(taskView),
    etag: 'content',
  },
  getTask: {
    method: 'GET',
    path: '/tasks/{id}',
    tag: 'tasks',
    summary: 'Show a task',
    params: byId,
    query: z.strictObject({
      wait: z.coerce
        .number<number | string>()
        .int()
        .min(0)
        .max(60)
        .default(0)
        .describe('Answer when the task has ended, but after so many seconds at the latest.'),
    }),
    status: 200,
    result: taskView,
    etag: 'content',
    errors: ['not_found'],
  },
  getTaskLog: {
    method: 'GET',
    path: '/tasks/{id}/log',
    tag: 'tasks',
    summary: 'Read the log of a task',
    params: byId,
    status: 200,
    format: 'text',
    errors: ['not_found'],
  },
  cancelTask: {
    method: 'POST',
    path: '/tasks/{id}/cancel',
    tag: 'tasks',
    summary: 'Cancel a task',
    description: 'Answers when what was there of it has been removed.',
    params: byId,
    status: 200,
    result: taskView,
    errors: ['not_found', 'wrong_state'],
  },
  forgetTask: {
    method: 'DELETE',
    path: '/tasks/{id}',
    tag: 'tasks',
    summary: 'Take an ended task out of the list',
    params: byId,
    status: 204,
    errors: ['not_found', 'wrong_state'],
  },
} as const satisfies Record<string, Endpoint>;
