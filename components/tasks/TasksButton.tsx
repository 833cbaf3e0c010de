'use client';
import { ListChecks } from 'lucide-react';
import { PATHS, taskPath } from '@/lib/shared/paths';
import { isEnded, type TaskView } from '@/lib/shared/task';
import { useTasks } from '../live/live-hooks';
import { Button } from '../ui/Button';
import { Link } from '../ui/Link';
import { Popover } from '../ui/Popover';
import { TaskStatusMark, TaskVerb } from './task-columns';
import { shareOfAll } from './task-rows';
import { TaskProgress } from './TaskProgress';

const SHOWN = 5;

/** In the top bar while long work runs: how much, how far, and the newest of it. */
export function TasksButton() {
  const tasks = useTasks();
  const active = tasks.filter(({ status }) => !isEnded(status));
  if (active.length === 0) return null;
  const count = active.length === 1 ? '1 task runs' : `${active.length} tasks run`;
  return (
    <Popover
      label="Running tasks"
      trigger={
        <Button kind="quiet" aria-label={count} icon={<Ring share={shareOfAll(active)} />}>
          <span className="tabular">{active.length}</span>
        </Button>
      }
    >
      <div className="flex w-80 max-w-full flex-col gap-3">
        <ul className="flex flex-col gap-3">
          {active.slice(0, SHOWN).map((task) => (
            <TaskItem key={task.id} task={task} />
          ))}
        </ul>
        <Link href={PATHS.tasks} className="self-start">
          All tasks
        </Link>
      </div>
    </Popover>
  );
}

/** One task where there is little room: title, status, progress, cancel. */
export function TaskItem({ task }: { task: TaskView }) {
  return (
    <li className="flex items-center gap-2">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex items-baseline justify-between gap-3">
          <Link href={taskPath(task.id)} prefetch={false} className="truncate no-underline hover:underline">
            {task.title}
          </Link>
          <span className="shrink-0 text-sm">
            <TaskStatusMark task={task} />
          </span>
        </div>
        <TaskProgress task={task} className="min-w-0" />
      </div>
      <TaskVerb task={task} />
    </li>
  );
}

const RADIUS = 6;
const AROUND = 2 * Math.PI * RADIUS;

/** A ring that closes with the work; it turns while nobody knows how much there is. */
function Ring({ share }: { share: number | null }) {
  if (share === null) return <ListChecks aria-hidden className="size-4 animate-pulse" />;
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4 -rotate-90">
      <circle cx="8" cy="8" r={RADIUS} fill="none" stroke="currentColor" strokeOpacity="0.25" strokeWidth="2.5" />
      <circle
        cx="8"
        cy="8"
        r={RADIUS}
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeDasharray={`${share * AROUND} ${AROUND}`}
      />
    </svg>
  );
}
