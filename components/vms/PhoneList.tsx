'use client';
import { useState, type ReactNode } from 'react';
import {
  Collection,
  GridList,
  GridListHeader,
  GridListItem,
  GridListSection,
  ListLayout,
  Virtualizer,
  type Selection,
} from 'react-aria-components';
import { vmPath } from '@/lib/shared/paths';
import type { VmView } from '@/lib/shared/vm';
import { TagChips } from '../organise/TagChips';
import { Checkbox } from '../ui/Checkbox';
import { RowMaker, selectedItems, selectedRows, type RowGroup } from '../ui/row-groups';
import { CpuCell, MemoryCell, StatusCell } from './list-columns';
import { VerbMenu } from './VerbButtons';

const ROW_PX = 64;
const HEADING_PX = 32;

interface PhoneListProps {
  items: readonly VmView[];
  groups: readonly RowGroup<VmView>[] | null;
  selected: ReadonlySet<string>;
  onSelect: (selected: Selection) => void;
  empty: ReactNode;
}

/** The list on a phone: two lines for each VM. */
export function PhoneList({ items, groups, selected, onSelect, empty }: PhoneListProps) {
  const [maker] = useState(() => new RowMaker<VmView>());
  const keys = selectedRows(maker.rowsOf(items, groups), selected);
  const select = (after: Selection) => onSelect(selectedItems(keys, after));
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW_PX, headingSize: HEADING_PX }}>
      <GridList
        // Sections and rows are different collections.
        key={groups ? 'groups' : 'rows'}
        aria-label="Virtual machines"
        selectionMode="multiple"
        selectedKeys={keys}
        onSelectionChange={select}
        renderEmptyState={() => empty}
        className="min-h-0 flex-1 overflow-auto outline-none"
      >
        {groups ? (
          <Collection items={groups}>
            {(group) => (
              <GridListSection id={group.id} aria-label={group.label}>
                <GridListHeader className="flex h-8 items-center gap-2 border-b bg-surface px-3 text-sm font-medium">
                  {group.label} <span className="font-normal text-muted tabular">{group.items.length}</span>
                </GridListHeader>
                <Collection items={group.items}>{(vm) => <PhoneRow id={`${group.id}/${vm.id}`} vm={vm} />}</Collection>
              </GridListSection>
            )}
          </Collection>
        ) : (
          <Collection items={items}>{(vm) => <PhoneRow id={vm.id} vm={vm} />}</Collection>
        )}
      </GridList>
    </Virtualizer>
  );
}

function PhoneRow({ id, vm }: { id: string; vm: VmView }) {
  return (
    <GridListItem
      id={id}
      textValue={vm.name}
      href={vmPath(vm.name)}
      className="flex h-16 items-center gap-2 border-b pr-2 pl-1 outline-none focus-visible:outline-focus focus-visible:-outline-offset-2 selected:bg-selected"
    >
      <Checkbox slot="selection" className="size-10 shrink-0" />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3">
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate font-medium">{vm.name}</span>
            <TagChips names={vm.tags} className="overflow-hidden" />
          </span>
          <span className="shrink-0 text-sm tabular">
            <CpuCell vm={vm} />
          </span>
        </div>
        <div className="flex items-baseline justify-between gap-3 text-sm">
          <StatusCell vm={vm} />
          <span className="shrink-0 tabular">
            <MemoryCell vm={vm} />
          </span>
        </div>
      </div>
      <VerbMenu vm={vm} size="sm" hasPages />
    </GridListItem>
  );
}
