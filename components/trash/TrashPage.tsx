'use client';
import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import { PATHS } from '@/lib/shared/paths';
import type { TrashView } from '@/lib/shared/trash';
import { formatBytes } from '@/lib/shared/units';
import { emptyTrash } from '@/lib/web/trash-actions';
import { useTrash } from '../live/live-hooks';
import { Button } from '../ui/Button';
import { useConfirm } from '../ui/Confirm';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { ButtonLink } from '../ui/Link';
import { useTableLayout } from '../ui/table-layout';
import { useIsPhone } from '../ui/use-media';
import { useAction } from '../use-action';
import { Expiry, TRASH_COLUMN_IDS, TRASH_COLUMNS, TRASH_LAYOUT, TrashVerbs } from './trash-columns';
import { amountText, kindText, sortTrash } from './trash-rows';

/** What was deleted: each thing can be restored, or deleted for good. */
export function TrashPage() {
  const { items } = useTrash();
  return items.length === 0 ? <NothingThere /> : <TrashList items={items} />;
}

const nameOf = (item: TrashView) => item.name;

function TrashList({ items }: { items: readonly TrashView[] }) {
  const layout = useTableLayout('trash', TRASH_LAYOUT, TRASH_COLUMN_IDS);
  const isPhone = useIsPhone();
  const { column, direction } = layout.sort;
  const shown = useMemo(() => sortTrash(items, { column, direction }), [items, column, direction]);
  return (
    <div className="flex h-full flex-col">
      <h1 className="sr-only">Trash</h1>
      <div className="flex h-14 shrink-0 items-center gap-3 border-b px-3 md:px-5">
        <span className="tabular" aria-live="polite">
          {amountText(items)}
        </span>
        <EmptyButton items={items} />
      </div>
      {isPhone ? (
        <PhoneTrash items={shown} />
      ) : (
        <DataTable label="Trash" columns={TRASH_COLUMNS} layout={layout} items={shown} textOf={nameOf} empty={null} />
      )}
    </div>
  );
}

function EmptyButton({ items }: { items: readonly TrashView[] }) {
  const confirm = useConfirm();
  const empty = useAction(emptyTrash);
  const ask = async () => {
    const isSure = await confirm({
      title: 'Empty the trash?',
      text: `${amountText(items)}: deleted for good. This cannot be undone.`,
      confirmLabel: 'Empty the trash',
      isDanger: true,
    });
    // What comes into the trash meanwhile was not asked about.
    if (isSure) await empty.run(items.map(({ id }) => id));
  };
  return (
    <Button
      icon={<Trash2 aria-hidden className="size-4" />}
      isPending={empty.isPending}
      onPress={() => void ask()}
      className="ml-auto"
    >
      Empty the trash…
    </Button>
  );
}

/** On a phone: two lines for each. */
function PhoneTrash({ items }: { items: readonly TrashView[] }) {
  return (
    <GridList aria-label="Trash" items={items} className="min-h-0 flex-1 overflow-auto outline-none">
      {(item: TrashView) => (
        <GridListItem
          id={item.id}
          textValue={item.name}
          className="flex min-h-16 items-center gap-2 border-b px-3 py-2 outline-none focus-visible:outline-focus focus-visible:-outline-offset-2"
        >
          <div className="min-w-0 flex-1">
            <div className="truncate font-medium">{item.name}</div>
            <div className="text-sm text-muted">
              {kindText(item)}, {formatBytes(item.sizeBytes)}
            </div>
            <div className="text-sm text-muted">
              Gone for good <Expiry item={item} />
            </div>
          </div>
          <TrashVerbs item={item} />
        </GridListItem>
      )}
    </GridList>
  );
}

function NothingThere() {
  const { keepDays } = useTrash();
  const days = keepDays === 1 ? '1 day' : `${keepDays} days`;
  return (
    <EmptyState
      icon={<Trash2 aria-hidden className="size-8" />}
      title="The trash is empty"
      isPage
      actions={<ButtonLink href={PATHS.settings}>Settings</ButtonLink>}
    >
      <p>
        {keepDays === 0
          ? 'What is deleted goes at once: the days in the trash are set to 0.'
          : `Deleted virtual machines, disks and library files wait here for ${days} and can be restored until then.`}
      </p>
    </EmptyState>
  );
}
