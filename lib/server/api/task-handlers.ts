/** Routes of long work. */
import type { taskEndpoints } from '../../shared/api/task-endpoints';
import { isEnded } from '../../shared/task';
import type { TaskService } from '../../core/types';
import type { Handlers } from './call';
import { pageThrough } from './paging';

export const taskHandlers: Handlers<keyof typeof taskEndpoints> = {
  listTasks({ vmm, query }) {
    const { status, kind, vmId, ...paging } = query;
    const wanted = vmm.tasks
      .list()
      .filter((task) => status === undefined || task.status === status)
      .filter((task) => kind === undefined || task.kind === kind)
      .filter((task) => vmId === undefined || task.vmId === vmId);
    return pageThrough(wanted, paging, ({ createdAt, id }) => `${createdAt} ${id}`, 'descending');
  },
  async getTask({ vmm, params, query }) {
    if (!isEnded(vmm.tasks.get(params.id).status)) await endedWithin(vmm.tasks, params.id, query.wait * 1000);
    return vmm.tasks.get(params.id);
  },
  getTaskLog: ({ vmm, params }) => vmm.tasks.log(params.id),
  cancelTask: ({ vmm, actor, params }) => vmm.tasks.cancel(actor, params.id),
  async forgetTask({ vmm, actor, params }) {
    vmm.tasks.get(params.id);
    await vmm.tasks.forget(actor, [params.id]);
  },
};

async function endedWithin(tasks: TaskService, id: string, ms: number): Promise<void> {
  if (ms === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([tasks.ended(id), late]).finally(() => clearTimeout(timer));
}
