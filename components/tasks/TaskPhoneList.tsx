'use client';
import type { ReactNode } from 'react';
import { GridList, GridListItem, ListLayout, Virtualizer, type Selection } from 'react-aria-components';
import { taskPath } from '@/lib/shared/paths';
import type { TaskView } from '@/lib/shared/task';
import { Checkbox } from '../ui/Checkbox';
import { TaskStatusMark, TaskVerb } from './task-columns';
import { TaskProgress } from './TaskProgress';

const ROW_PX = 72;

interface TaskPhoneListProps {
  tasks: readonly TaskView[];
  selected: ReadonlySet<string>;
  onSelect: (selected: Selection) => void;
  empty: ReactNode;
}

/** The tasks on a phone: two lines for each. */
export function TaskPhoneList({ tasks, selected, onSelect, empty }: TaskPhoneListProps) {
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW_PX }}>
      <GridList
        aria-label="Tasks"
        items={tasks}
        selectionMode="multiple"
        selectedKeys={selected}
        onSelectionChange={onSelect}
        renderEmptyState={() => empty}
        className="min-h-0 flex-1 overflow-auto outline-none"
      >
        {(task: TaskView) => (
          <GridListItem
            id={task.id}
            textValue={task.title}
            href={taskPath(task.id)}
            className="flex h-18 items-center gap-2 border-b pr-2 pl-1 outline-none focus-visible:outline-focus focus-visible:-outline-offset-2 selected:bg-selected"
          >
            <Checkbox slot="selection" className="size-10 shrink-0" />
            <div className="flex min-w-0 flex-1 flex-col gap-1">
              <div className="flex items-baseline justify-between gap-3">
                <span className="truncate font-medium">{task.title}</span>
                <span className="shrink-0 text-sm">
                  <TaskStatusMark task={task} />
                </span>
              </div>
              <TaskProgress task={task} className="min-w-0" />
            </div>
            <TaskVerb task={task} />
          </GridListItem>
        )}
      </GridList>
    </Virtualizer>
  );
}
