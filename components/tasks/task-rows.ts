/** The list of tasks: which of them match, in which order they stand, and their words. Pure. */
import type { ErrorBody } from '@/lib/shared/errors';
import { isEnded, secondsLeft, taskShare, type TaskStatus, type TaskView } from '@/lib/shared/task';
import { formatBytes, formatDuration } from '@/lib/shared/units';
import type { MarkKind } from '../ui/StatusMark';

export const STATUS_LOOKS: Record<TaskStatus, { kind: MarkKind; word: string }> = {
  queued: { kind: 'paused', word: 'Waiting' },
  running: { kind: 'working', word: 'Running' },
  done: { kind: 'running', word: 'Done' },
  failed: { kind: 'attention', word: 'Failed' },
  cancelled: { kind: 'stopped', word: 'Cancelled' },
};

/** What the list can be narrowed to: `active` is what has not ended. */
export type StatusChoice = 'all' | 'active' | 'done' | 'failed' | 'cancelled';

export interface TaskFilter {
  text: string;
  status: StatusChoice;
  /** A kind, or `all`. */
  kind: string;
}

export const NO_FILTER: TaskFilter = { text: '', status: 'all', kind: 'all' };

/** `convert-disk` → `Convert disk`. */
export function kindLabel(kind: string): string {
  const words = kind.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function hasStatus({ status }: TaskView, choice: StatusChoice): boolean {
  if (choice === 'all') return true;
  return choice === 'active' ? !isEnded(status) : status === choice;
}

/** The tasks that have the status and the kind, and contain every word. */
export function filterTasks(tasks: readonly TaskView[], filter: TaskFilter): TaskView[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return tasks.filter((task) => {
    if (!hasStatus(task, filter.status) || (filter.kind !== 'all' && task.kind !== filter.kind)) return false;
    const look = STATUS_LOOKS[task.status].word;
    const text = [task.title, kindLabel(task.kind), look, task.actor, task.error?.message].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const RANK: readonly TaskStatus[] = ['running', 'queued', 'failed', 'cancelled', 'done'];

function sortValue(task: TaskView, column: string): string | number {
  switch (column) {
    case 'title':
      return task.title.toLowerCase();
    case 'status':
      return RANK.indexOf(task.status);
    case 'actor':
      return (task.actor ?? '').toLowerCase();
    default:
      return Date.parse(task.createdAt);
  }
}

/** The tasks in the order of a column; equal ones newest first. */
export function sortTasks(
  tasks: readonly TaskView[],
  sort: { column: string; direction: 'ascending' | 'descending' },
): TaskView[] {
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return [...tasks].sort((a, b) => {
    const [x, y] = [sortValue(a, sort.column), sortValue(b, sort.column)];
    if (x !== y) return sign * (x < y ? -1 : 1);
    return b.createdAt.localeCompare(a.createdAt);
  });
}

/** `1.2 of 4 GiB, 30 %`, or what is known of it; empty before anything is. */
export function progressText(task: TaskView): string {
  const { doneBytes, totalBytes } = task;
  if (isEnded(task.status) || totalBytes === null) return doneBytes > 0 ? formatBytes(doneBytes) : '';
  const share = taskShare(task);
  const percent = share === null ? '' : `, ${Math.floor(share * 100)} %`;
  return `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}${percent}`;
}

/** `12 MiB/s, 3 min left`; empty when it does not move. */
export function speedText(task: TaskView): string {
  if (isEnded(task.status) || !task.bytesPerSecond) return '';
  const left = secondsLeft(task);
  const speed = `${formatBytes(task.bytesPerSecond)}/s`;
  return left === null ? speed : `${speed}, ${formatDuration(left * 1000)} left`;
}

/** How far all running tasks are together, 0 to 1, or null when nobody knows of any. */
export function shareOfAll(tasks: readonly TaskView[]): number | null {
  const shares = tasks.map(taskShare).filter((share) => share !== null);
  return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/**
 * Tasks of `userName` that ended well or badly between two looks at the list; one that the first look does not know
 * began after it. What was cancelled was wished so.
 */
export function endedBetween(
  before: ReadonlyMap<string, TaskStatus>,
  tasks: readonly TaskView[],
  userName: string,
): TaskView[] {
  return tasks.filter((task) => {
    if ((task.status !== 'done' && task.status !== 'failed') || task.actor !== userName) return false;
    const known = before.get(task.id);
    return known === undefined || !isEnded(known);
  });
}

/** The sentence of an error that says what failed and why, without what to do. */
export function firstSentence({ message }: ErrorBody): string {
  const end = message.indexOf('. ');
  return end < 0 ? message : message.slice(0, end + 1);
}
