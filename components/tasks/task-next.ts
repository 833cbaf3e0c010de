/** What to do when a task has ended. Pure. */
import { taskPath, vmPath } from '@/lib/shared/paths';
import type { TaskView } from '@/lib/shared/task';

export interface NextStep {
  label: string;
  href: string;
}

/**
 * Where a person goes from the notice of an ended task.
 *
 * @param vmName the present name of the task's VM, if it has one
 */
export function nextStep(task: TaskView, vmName: string | null): NextStep {
  if (task.status === 'failed' || vmName === null) return { label: 'Show the task', href: taskPath(task.id) };
  return { label: `Open ${vmName}`, href: vmPath(vmName, 'hardware') };
}
