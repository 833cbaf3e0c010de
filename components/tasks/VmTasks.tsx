'use client';
import { PATHS } from '@/lib/shared/paths';
import { useTasks } from '../live/live-hooks';
import { Section } from '../ui/Facts';
import { Link } from '../ui/Link';
import { TaskItem } from './TasksButton';

const SHOWN = 5;

/** The long work that was, and is, done for one VM; nothing when there was none. */
export function VmTasks({ vmId }: { vmId: string }) {
  const tasks = useTasks().filter((task) => task.vmId === vmId);
  if (tasks.length === 0) return null;
  return (
    <Section title="Tasks" actions={<Link href={PATHS.tasks}>All tasks</Link>}>
      <ul className="flex flex-col gap-3">
        {tasks.slice(0, SHOWN).map((task) => (
          <TaskItem key={task.id} task={task} />
        ))}
      </ul>
    </Section>
  );
}
