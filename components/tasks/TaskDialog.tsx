'use client';
import { useEffect, useState } from 'react';
import { vmPath } from '@/lib/shared/paths';
import { isEnded, type TaskView } from '@/lib/shared/task';
import { formatExactBytes } from '@/lib/shared/units';
import { readTaskLog } from '@/lib/web/task-actions';
import { useVmById } from '../live/live-hooks';
import { CodeBlock } from '../ui/Copy';
import { Dialog } from '../ui/Dialog';
import { Fact, Facts } from '../ui/Facts';
import { Link } from '../ui/Link';
import { ErrorNotice } from '../ui/Notice';
import { Time } from '../ui/Time';
import { callAction } from '../use-action';
import { TaskStatusMark, TaskTime } from './task-columns';
import { kindLabel } from './task-rows';
import { TaskProgress } from './TaskProgress';

/** Everything about one task: how far it is, why it failed, who asked, and its log. */
export function TaskDialog({ task, onClose }: { task: TaskView; onClose: () => void }) {
  return (
    <Dialog title={task.title} isOpen onClose={onClose} isWide>
      <div className="flex flex-col gap-4">
        {task.error && <ErrorNotice error={task.error} />}
        {!isEnded(task.status) && <TaskProgress task={task} />}
        <TaskFacts task={task} />
        <TaskLog key={task.id} task={task} />
      </div>
    </Dialog>
  );
}

function TaskFacts({ task }: { task: TaskView }) {
  const vm = useVmById(task.vmId ?? '');
  return (
    <Facts>
      <Fact term="Status">
        <TaskStatusMark task={task} />
      </Fact>
      <Fact term="Step">{task.step}</Fact>
      <Fact term="Kind">{kindLabel(task.kind)}</Fact>
      <Fact term="Done">{task.doneBytes > 0 ? formatExactBytes(task.doneBytes) : null}</Fact>
      <Fact term="Virtual machine">{vm ? <Link href={vmPath(vm.name)}>{vm.name}</Link> : null}</Fact>
      <Fact term="Asked for by">{task.actor ?? 'Skep'}</Fact>
      <Fact term="When">
        <Time at={task.createdAt} />
      </Fact>
      <Fact term={isEnded(task.status) ? 'Took' : 'Runs for'}>
        <TaskTime task={task} />
      </Fact>
    </Facts>
  );
}

/** The log, read anew whenever the task gets on to something else. */
function TaskLog({ task: { id, status, step } }: { task: TaskView }) {
  const [log, setLog] = useState<string | null>(null);
  useEffect(() => {
    let isWanted = true;
    void callAction(() => readTaskLog(id)).then((result) => {
      if (isWanted) setLog(result.ok ? result.value : result.error.message);
    });
    return () => {
      isWanted = false;
    };
  }, [id, status, step]);
  if (log === null) return null;
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-medium">Log</h3>
      {log === '' ? (
        <p className="text-muted">Nothing was worth telling.</p>
      ) : (
        <CodeBlock text={log} label="Log" isAtEnd />
      )}
    </div>
  );
}
