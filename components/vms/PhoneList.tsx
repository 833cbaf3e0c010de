'use client';
import type { ReactNode } from 'react';
import { GridList, GridListItem, ListLayout, Virtualizer, type Selection } from 'react-aria-components';
import { vmPath } from '@/lib/shared/paths';
import type { VmView } from '@/lib/shared/vm';
import { Checkbox } from '../ui/Checkbox';
import { CpuCell, MemoryCell, StatusCell } from './list-columns';
import { VerbMenu } from './VerbButtons';

const ROW_PX = 64;

interface PhoneListProps {
  vms: readonly VmView[];
  selected: ReadonlySet<string>;
  onSelect: (selected: Selection) => void;
  empty: ReactNode;
}

/** The list on a phone: two lines for each VM. */
export function PhoneList({ vms, selected, onSelect, empty }: PhoneListProps) {
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW_PX }}>
      <GridList
        aria-label="Virtual machines"
        items={vms}
        selectionMode="multiple"
        selectedKeys={selected}
        onSelectionChange={onSelect}
        renderEmptyState={() => empty}
        className="min-h-0 flex-1 overflow-auto outline-none"
      >
        {(vm: VmView) => (
          <GridListItem
            id={vm.id}
            textValue={vm.name}
            href={vmPath(vm.name)}
            className="flex h-16 items-center gap-2 border-b pr-2 pl-1 outline-none focus-visible:outline-focus focus-visible:-outline-offset-2 selected:bg-selected"
          >
            <Checkbox slot="selection" className="size-10 shrink-0" />
            <div className="min-w-0 flex-1">
              <div className="flex items-baseline justify-between gap-3">
                <span className="truncate font-medium">{vm.name}</span>
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
        )}
      </GridList>
    </Virtualizer>
  );
}
