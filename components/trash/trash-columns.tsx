'use client';
import { Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { TrashView } from '@/lib/shared/trash';
import { formatBytes, formatDuration, formatExactBytes } from '@/lib/shared/units';
import { deleteForGood } from '@/lib/web/trash-actions';
import { Button, IconButton } from '../ui/Button';
import { useConfirm } from '../ui/Confirm';
import type { DataColumn } from '../ui/DataTable';
import type { TableLayoutChoice } from '../ui/table-layout';
import { Time, useNow } from '../ui/Time';
import { useAction } from '../use-action';
import { kindText } from './trash-rows';
import { useRestore } from './use-restore';

/** When it goes for good, counted from now: "in 6 d 23 h". */
export function Expiry({ item }: { item: TrashView }) {
  const now = useNow();
  if (now === null) return null;
  const left = Date.parse(item.expiresAt) - now;
  return (
    <span title={new Date(item.expiresAt).toLocaleString()}>{left > 0 ? `in ${formatDuration(left)}` : 'now'}</span>
  );
}

/** Puts it back, or deletes it for good. */
export function TrashVerbs({ item }: { item: TrashView }) {
  const restore = useRestore();
  const confirm = useConfirm();
  const remove = useAction(deleteForGood);
  const [isRestoring, setRestoring] = useState(false);
  const putBack = async () => {
    setRestoring(true);
    await restore(item.id);
    setRestoring(false);
  };
  const ask = async () => {
    const isSure = await confirm({
      title: `Delete ${item.name} for good?`,
      text: `${kindText(item)}, ${formatBytes(item.sizeBytes)}. This cannot be undone.`,
      confirmLabel: 'Delete for good',
      isDanger: true,
    });
    if (isSure) await remove.run(item.id);
  };
  return (
    <span className="flex items-center justify-end gap-1">
      <Button
        size="sm"
        icon={<Undo2 aria-hidden className="size-3.5" />}
        aria-label={`Restore ${item.name}`}
        isPending={isRestoring}
        onPress={() => void putBack()}
      >
        Restore
      </Button>
      <IconButton
        size="sm"
        hasLightTip
        label={`Delete ${item.name} for good`}
        icon={<Trash2 aria-hidden className="size-4" />}
        isPending={remove.isPending}
        onPress={() => void ask()}
        className="text-muted hover:text-body"
      />
    </span>
  );
}

/** The columns of the table of what is in the trash. */
export const TRASH_COLUMNS: readonly DataColumn<TrashView>[] = [
  {
    id: 'name',
    name: 'Name',
    width: '2fr',
    minWidth: 150,
    isRowHeader: true,
    render: (item) => <span className="truncate font-medium">{item.name}</span>,
  },
  {
    id: 'kind',
    name: 'What',
    width: '2fr',
    minWidth: 140,
    render: (item) => <span className="truncate text-muted">{kindText(item)}</span>,
  },
  {
    id: 'size',
    name: 'Size',
    width: 104,
    isNumber: true,
    render: (item) => <span title={formatExactBytes(item.sizeBytes)}>{formatBytes(item.sizeBytes)}</span>,
  },
  { id: 'deleted', name: 'Deleted', width: 136, render: (item) => <Time at={item.deletedAt} /> },
  { id: 'who', name: 'By', width: 104, render: (item) => <span className="truncate">{item.deletedBy ?? 'Skep'}</span> },
  { id: 'expires', name: 'Gone for good', width: 128, render: (item) => <Expiry item={item} /> },
  {
    id: 'verbs',
    name: 'Actions',
    width: 144,
    minWidth: 144,
    hideName: true,
    isSortable: false,
    isNumber: true,
    render: (item) => <TrashVerbs item={item} />,
  },
];

export const TRASH_COLUMN_IDS = TRASH_COLUMNS.map(({ id }) => id);

export const TRASH_LAYOUT: TableLayoutChoice = {
  hidden: [],
  widths: {},
  sort: { column: 'deleted', direction: 'descending' },
};
