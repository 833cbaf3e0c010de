'use client';
import { X } from 'lucide-react';
import { isEnded, type TaskView } from '@/lib/shared/task';
import { cancelTask, forgetTasks } from '@/lib/web/task-actions';
import { Button, IconButton } from '../ui/Button';
import { Key } from '../ui/Facts';
import { Select } from '../ui/Select';
import { FilterField } from '../ui/TextField';
import { useAction } from '../use-action';
import { kindLabel, type StatusChoice, type TaskFilter } from './task-rows';

const STATUS_CHOICES: readonly { value: StatusChoice; label: string }[] = [
  { value: 'all', label: 'Any status' },
  { value: 'active', label: 'Running and waiting' },
  { value: 'done', label: 'Done' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
];

interface TaskFiltersProps {
  tasks: readonly TaskView[];
  filter: TaskFilter;
  onChange: (filter: TaskFilter) => void;
}

/** What narrows the list: words, a status, a kind. */
export function TaskFilters({ tasks, filter, onChange }: TaskFiltersProps) {
  const kinds = [...new Set(tasks.map(({ kind }) => kind))].sort();
  const kindChoices = [
    { value: 'all', label: 'Any kind' },
    ...kinds.map((kind) => ({ value: kind, label: kindLabel(kind) })),
  ];
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-3 py-3 md:px-5">
      <FilterField
        label="Filter tasks"
        placeholder="Filter by name, status, who"
        value={filter.text}
        onChange={(text) => onChange({ ...filter, text })}
        hint={<Key>/</Key>}
        className="w-full min-w-0 sm:w-80"
      />
      <Select
        label="Status"
        hideLabel
        options={STATUS_CHOICES}
        value={filter.status}
        onChange={(status) => onChange({ ...filter, status })}
        className="min-w-0 flex-1 sm:w-48 sm:flex-none"
      />
      <Select
        label="Kind"
        hideLabel
        options={kindChoices}
        value={filter.kind}
        onChange={(kind) => onChange({ ...filter, kind })}
        className="min-w-0 flex-1 sm:w-44 sm:flex-none"
      />
    </div>
  );
}

interface TaskBarProps {
  tasks: readonly TaskView[];
  chosen: readonly TaskView[];
  onClear: () => void;
}

/** How many there are, or what can be done with the selected ones. */
export function TaskBar({ tasks, chosen, onClear }: TaskBarProps) {
  const cancel = useAction(cancelTask);
  const forget = useAction(forgetTasks);
  const scope = chosen.length > 0 ? chosen : tasks;
  const ended = scope.filter(({ status }) => isEnded(status));
  const active = scope.filter(({ status }) => !isEnded(status));
  const cancelAll = async () => {
    for (const { id } of active) await cancel.run(id);
  };
  const isSelecting = chosen.length > 0;
  return (
    <div
      role="toolbar"
      aria-label={isSelecting ? 'Selected tasks' : 'All tasks'}
      className={`flex h-10 shrink-0 items-center gap-2 border-b px-3 md:px-5 ${isSelecting ? 'bg-selected' : ''}`}
    >
      <span className="mr-2 whitespace-nowrap text-muted tabular" aria-live="polite">
        {isSelecting ? `${chosen.length} selected` : `${active.length} running, ${ended.length} ended`}
      </span>
      {isSelecting && (
        <Button
          size="sm"
          disabledReason={active.length === 0 ? 'All of these have ended.' : null}
          isPending={cancel.isPending}
          onPress={() => void cancelAll()}
        >
          Cancel
        </Button>
      )}
      <Button
        size="sm"
        className={isSelecting ? '' : 'ml-auto'}
        disabledReason={ended.length === 0 ? 'None of these has ended.' : null}
        isPending={forget.isPending}
        onPress={() => void forget.run(ended.map(({ id }) => id))}
      >
        {isSelecting ? 'Remove' : 'Remove ended'}
      </Button>
      {isSelecting && (
        <IconButton
          size="sm"
          label="Clear the selection"
          icon={<X aria-hidden className="size-4" />}
          onPress={onClear}
          className="ml-auto"
        />
      )}
    </div>
  );
}
