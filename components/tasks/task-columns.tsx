'use client';
import { Ban, Trash2 } from 'lucide-react';
import NextLink from 'next/link';
import { taskPath } from '@/lib/shared/paths';
import { isEnded, type TaskView } from '@/lib/shared/task';
import { formatDuration } from '@/lib/shared/units';
import { cancelTask, forgetTasks } from '@/lib/web/task-actions';
import { IconButton } from '../ui/Button';
import type { DataColumn } from '../ui/DataTable';
import { Status } from '../ui/StatusMark';
import type { TableLayoutChoice } from '../ui/table-layout';
import { Since, Time } from '../ui/Time';
import { useAction } from '../use-action';
import { STATUS_LOOKS } from './task-rows';
import { TaskProgress } from './TaskProgress';

const NONE = <span className="text-faint">–</span>;

/** What it is, and what it does now. */
function TitleCell({ task }: { task: TaskView }) {
  return (
    <span className="flex min-w-0 flex-col">
      <NextLink href={taskPath(task.id)} prefetch={false} className="truncate rounded-sm font-medium hover:underline">
        {task.title}
      </NextLink>
      {task.step && <span className="truncate text-xs leading-4 text-muted">{task.step}</span>}
    </span>
  );
}

/** Status mark and word of a task. */
export function TaskStatusMark({ task }: { task: TaskView }) {
  return <Status {...STATUS_LOOKS[task.status]} />;
}

/** How long it has run, or ran. */
export function TaskTime({ task }: { task: TaskView }) {
  if (!task.startedAt) return NONE;
  if (!task.endedAt) return <Since at={task.startedAt} />;
  return <>{formatDuration(Date.parse(task.endedAt) - Date.parse(task.startedAt))}</>;
}

/** Cancels what runs, takes what has ended out of the list. */
export function TaskVerb({ task }: { task: TaskView }) {
  const cancel = useAction(cancelTask);
  const forget = useAction(forgetTasks);
  if (isEnded(task.status))
    return (
      <IconButton
        size="sm"
        hasLightTip
        label={`Remove “${task.title}” from the list`}
        icon={<Trash2 aria-hidden className="size-4" />}
        isPending={forget.isPending}
        onPress={() => void forget.run([task.id])}
      />
    );
  return (
    <IconButton
      size="sm"
      hasLightTip
      label={`Cancel “${task.title}”`}
      icon={<Ban aria-hidden className="size-4" />}
      isPending={cancel.isPending}
      onPress={() => void cancel.run(task.id)}
    />
  );
}

/** The columns of the table of tasks. */
export const TASK_COLUMNS: readonly DataColumn<TaskView>[] = [
  {
    id: 'title',
    name: 'Task',
    width: '3fr',
    minWidth: 180,
    isRowHeader: true,
    render: (task) => <TitleCell task={task} />,
  },
  { id: 'status', name: 'Status', width: 116, render: (task) => <TaskStatusMark task={task} /> },
  {
    id: 'progress',
    name: 'Progress',
    width: '3fr',
    minWidth: 180,
    isSortable: false,
    render: (task) => <TaskProgress task={task} className="w-full min-w-0" />,
  },
  { id: 'actor', name: 'Who', width: 104, render: (task) => <span className="truncate">{task.actor ?? 'Skep'}</span> },
  { id: 'created', name: 'When', width: 136, render: (task) => <Time at={task.createdAt} /> },
  {
    id: 'time',
    name: 'Took',
    width: 108,
    isNumber: true,
    isSortable: false,
    render: (task) => <TaskTime task={task} />,
  },
  {
    id: 'verbs',
    name: 'Actions',
    width: 64,
    minWidth: 64,
    hideName: true,
    isSortable: false,
    isNumber: true,
    render: (task) => <TaskVerb task={task} />,
  },
];

export const TASK_COLUMN_IDS = TASK_COLUMNS.map(({ id }) => id);

export const TASK_LAYOUT: TableLayoutChoice = {
  hidden: [],
  widths: {},
  sort: { column: 'created', direction: 'descending' },
};
