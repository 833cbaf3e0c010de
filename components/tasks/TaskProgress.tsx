'use client';
import { isEnded, taskShare, type TaskView } from '@/lib/shared/task';
import { ProgressBar } from '../ui/ProgressBar';
import { firstSentence, progressText, speedText } from './task-rows';

/** How far a task is: a bar with bytes, per cent, speed and time left; of an ended one, how it ended. */
export function TaskProgress({ task, className }: { task: TaskView; className?: string }) {
  if (isEnded(task.status))
    return (
      <span className={className} title={task.error?.message}>
        <span className="block truncate text-sm text-muted">
          {task.error ? firstSentence(task.error) : progressText(task)}
        </span>
      </span>
    );
  const text = [progressText(task), speedText(task)].filter(Boolean).join(', ');
  return (
    <div className={className}>
      <ProgressBar label={`Progress of ${task.title}`} hideLabel value={taskShare(task)} text={text || 'Not known'} />
      <div className="mt-0.5 truncate text-xs leading-4 text-muted tabular" title={text}>
        {text || task.step || (task.status === 'queued' ? 'Waits for other work on the disks' : 'Working')}
      </div>
    </div>
  );
}
