'use client';
import { ListChecks } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Selection } from 'react-aria-components';
import { PATHS, taskPath } from '@/lib/shared/paths';
import type { TaskView } from '@/lib/shared/task';
import { useTasks } from '../live/live-hooks';
import { Button } from '../ui/Button';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { ButtonLink } from '../ui/Link';
import { useTableLayout } from '../ui/table-layout';
import { useIsPhone } from '../ui/use-media';
import { TASK_COLUMN_IDS, TASK_COLUMNS, TASK_LAYOUT } from './task-columns';
import { filterTasks, NO_FILTER, sortTasks, type TaskFilter } from './task-rows';
import { TaskBar, TaskFilters } from './TaskFilters';
import { TaskDialog } from './TaskDialog';
import { TaskPhoneList } from './TaskPhoneList';

/** All long work: what runs, and what has ended. One of them opens by its address (`?task=`). */
export function TasksPage() {
  const tasks = useTasks();
  const router = useRouter();
  const openId = useSearchParams().get('task');
  const open = tasks.find(({ id }) => id === openId);
  return (
    <>
      {tasks.length === 0 ? <NoTasks /> : <TaskList tasks={tasks} />}
      {open && <TaskDialog task={open} onClose={() => router.replace(PATHS.tasks)} />}
    </>
  );
}

const titleOf = (task: TaskView) => task.title;
const pathOf = (task: TaskView) => taskPath(task.id);

function TaskList({ tasks }: { tasks: readonly TaskView[] }) {
  const layout = useTableLayout('tasks', TASK_LAYOUT, TASK_COLUMN_IDS);
  const isPhone = useIsPhone();
  const [filter, setFilter] = useState<TaskFilter>(NO_FILTER);
  const wanted = useDeferredValue(filter);
  const [selection, setSelection] = useState<Selection>(new Set());
  const { column, direction } = layout.sort;
  const shown = useMemo(
    () => sortTasks(filterTasks(tasks, wanted), { column, direction }),
    [tasks, wanted, column, direction],
  );
  const chosen = useMemo(
    () => (selection === 'all' ? shown : shown.filter(({ id }) => selection.has(id))),
    [selection, shown],
  );
  const keys = useMemo(() => new Set(chosen.map(({ id }) => id)), [chosen]);
  const rows = { selected: keys, onSelect: setSelection, empty: <NoMatch onClear={() => setFilter(NO_FILTER)} /> };
  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">Tasks</h1>
      <TaskFilters tasks={tasks} filter={filter} onChange={setFilter} />
      <TaskBar tasks={tasks} chosen={chosen} onClear={() => setSelection(new Set())} />
      {isPhone ? (
        <TaskPhoneList tasks={shown} {...rows} />
      ) : (
        <DataTable
          label="Tasks"
          columns={TASK_COLUMNS}
          layout={layout}
          items={shown}
          textOf={titleOf}
          hrefOf={pathOf}
          {...rows}
        />
      )}
    </div>
  );
}

function NoTasks() {
  return (
    <EmptyState
      icon={<ListChecks aria-hidden className="size-8" />}
      title="No tasks yet"
      isPage
      actions={<ButtonLink href={PATHS.vms}>Virtual machines</ButtonLink>}
    >
      <p>
        Work that takes a while shows up here: copying, converting and checking disks, uploads, downloads. It goes on
        when you close this page, and its end stays in this list.
      </p>
    </EmptyState>
  );
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <div className="flex flex-col items-center gap-2 py-12 text-muted">
      <p>No task matches.</p>
      <Button size="sm" onPress={onClear}>
        Show all
      </Button>
    </div>
  );
}
