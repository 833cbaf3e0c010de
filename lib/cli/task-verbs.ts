/** Verbs of long work. */
import { isEnded, secondsLeft, TASK_STATUSES, taskShare, type TaskView } from '../shared/task';
import { formatBytes, formatDuration } from '../shared/units';
import { CliError, EXIT, usageError } from './exit';
import { allPages } from './pages';
import type { Cli, Given, Verb } from './verb';

/** Seconds that the server may take for one answer while it waits for a task. */
const WAIT_SECONDS = 20;

const ACTIONS = ['show', 'log', 'cancel', 'wait', 'forget'] as const;
type Action = (typeof ACTIONS)[number];

const tasks: Verb = {
  name: 'tasks',
  group: 'Tasks',
  summary: 'List long work, or do something with one of it',
  description: 'Without ACTION it lists. The id may be cut to its first characters.',
  arguments: [
    { name: 'ACTION', optional: true, completes: ACTIONS },
    { name: 'TASK', optional: true, completes: 'task' },
  ],
  options: { status: { value: 'STATUS', help: 'Only those of this status', completes: TASK_STATUSES } },
  example: 'skep tasks wait 3f2a',
  async run(cli, given) {
    const action = given.optional('ACTION');
    if (action === undefined) return list(cli, given);
    if (!(ACTIONS as readonly string[]).includes(action))
      throw usageError(`skep tasks cannot “${action}”.`, ACTIONS.join(', '));
    const id = given.optional('TASK');
    if (id === undefined) throw usageError(`Say which task: skep tasks ${action} TASK.`);
    await act(cli, action as Action, await fullId(cli, id));
  },
};

async function list({ api, screen, json }: Cli, given: Given): Promise<void> {
  const text = given.text('status');
  const status = TASK_STATUSES.find((known) => known === text);
  if (text !== undefined && !status) throw usageError(`There is no status “${text}”.`, TASK_STATUSES.join(', '));
  const items = await allPages((cursor) => api.call('listTasks', { query: { status, cursor, limit: 500 } }));
  if (json) return screen.json(items);
  if (items.length === 0) return screen.note('There is no such task.');
  const rows = items.map((task) => [
    task.id.slice(0, 8),
    task.status,
    progressText(task),
    task.title,
    task.actor ?? '',
  ]);
  screen.table(['ID', 'STATUS', 'DONE', 'WHAT', 'WHO'], rows);
}

async function act(cli: Cli, action: Action, id: string): Promise<void> {
  const { api, screen, json } = cli;
  const params = { id };
  if (action === 'log') {
    const text = await api.call('getTaskLog', { params });
    return json ? screen.json(text) : screen.say(text.trimEnd());
  }
  if (action === 'forget') return api.call('forgetTask', { params });
  const task =
    action === 'wait'
      ? await waitForTask(cli, id)
      : await api.call(action === 'cancel' ? 'cancelTask' : 'getTask', { params });
  if (json) return screen.json(task);
  screen.facts([
    ['What', task.title],
    ['Status', task.status],
    ['Done', progressText(task)],
    ['Who', task.actor ?? 'Skep'],
    ['Began', task.startedAt ?? 'not yet'],
    ['Ended', task.endedAt ?? 'not yet'],
    ...(task.error ? [['Error', task.error.message] as const] : []),
    ['Id', task.id],
  ]);
}

/** Waits until a task has ended. @throws CliError when it failed or was cancelled */
export async function waitForTask({ api, screen }: Cli, id: string): Promise<TaskView> {
  for (;;) {
    const task = await api.call('getTask', { params: { id }, query: { wait: WAIT_SECONDS } });
    if (!isEnded(task.status)) {
      screen.note(`${task.title}: ${progressText(task)}`);
      continue;
    }
    if (task.status === 'done') return task;
    throw new CliError(EXIT.failed, task.error?.message ?? `“${task.title}” was cancelled.`);
  }
}

/** `45 %, 1.2 GiB of 2.6 GiB, 12 MiB/s, 2 min left`; only what is known. Pure. */
export function progressText(task: TaskView): string {
  const share = taskShare(task);
  const left = secondsLeft(task);
  return [
    share === null ? null : `${Math.floor(share * 100)} %`,
    task.totalBytes === null
      ? formatBytes(task.doneBytes)
      : `${formatBytes(task.doneBytes)} of ${formatBytes(task.totalBytes)}`,
    task.bytesPerSecond === null ? null : `${formatBytes(task.bytesPerSecond)}/s`,
    left === null ? null : `${formatDuration(left * 1000)} left`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** The task whose id begins so. @throws CliError for none or several */
async function fullId({ api }: Cli, start: string): Promise<string> {
  if (start.length === 36) return start;
  const items = await allPages((cursor) => api.call('listTasks', { query: { cursor, limit: 500 } }));
  const [first, second] = items.filter(({ id }) => id.startsWith(start));
  if (!first) throw new CliError(EXIT.notFound, `There is no task ${start}.`, 'skep tasks lists them.');
  if (second) throw usageError(`Several tasks begin with ${start}: give more of the id.`);
  return first.id;
}

export const taskVerbs: Verb[] = [tasks];
