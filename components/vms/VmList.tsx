'use client';
import { Plus, Server } from 'lucide-react';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import type { Selection } from 'react-aria-components';
import { PATHS, vmPath } from '@/lib/shared/paths';
import type { SavedFilterView } from '@/lib/shared/saved-filter';
import type { VmView } from '@/lib/shared/vm';
import { filterVms, NO_FILTER, type ListFilter } from '@/lib/shared/vm-filter';
import { useFolders, useHost, useLive, useTags, useVms } from '../live/live-hooks';
import { useDragVms } from '../organise/drag-vms';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { ButtonLink } from '../ui/Link';
import { useTableLayout, type TableLayoutState } from '../ui/table-layout';
import { useIsPhone } from '../ui/use-media';
import { BulkBar } from './BulkBar';
import { FilterChips } from './FilterChips';
import { facetChoices, type FacetChoices } from './filter-facets';
import { COLUMN_IDS, COLUMNS, DEFAULT_LAYOUT } from './list-columns';
import { groupVms, NO_GROUP } from './list-groups';
import { sortVms } from './list-rows';
import { ListHead } from './ListHead';
import { ListSummary } from './ListSummary';
import { PhoneList } from './PhoneList';
import { useListFilter } from './use-list-filter';

const MEASURED = ['cpu', 'memory'];

/**
 * The list of all VMs.
 *
 * With a thousand rows, drawing them anew takes a while: what one types is drawn first, and the rows follow.
 *
 * @param savedFilters the user's own, as the page was delivered with them
 */
export function VmList({ savedFilters }: { savedFilters: SavedFilterView[] }) {
  const vms = useDeferredValue(useVms());
  const folders = useFolders();
  const tags = useTags();
  const layout = useTableLayout('vms', DEFAULT_LAYOUT, COLUMN_IDS);
  const [saved, setSaved] = useState(savedFilters);
  const [filter, setFilter] = useListFilter(savedFilters.find((one) => one.isDefault)?.query ?? null);
  const shownFilter = useDeferredValue(filter);
  const facets = useMemo(() => facetChoices(vms, folders, tags, filter), [vms, folders, tags, filter]);
  const isPhone = useIsPhone();
  if (vms.length === 0) return <NoVms />;
  return (
    <div className="flex h-full flex-col">
      <ListHead
        filter={filter}
        onFilter={setFilter}
        facets={facets}
        saved={saved}
        onSaved={setSaved}
        layout={layout}
        isPhone={isPhone}
      />
      <ListBody vms={vms} filter={shownFilter} onFilter={setFilter} facets={facets} layout={layout} isPhone={isPhone} />
    </div>
  );
}

const nameOf = (vm: VmView) => vm.name;
const pathOf = (vm: VmView) => vmPath(vm.name);

interface ListBodyProps {
  vms: readonly VmView[];
  filter: ListFilter;
  onFilter: (filter: ListFilter) => void;
  facets: readonly FacetChoices[];
  layout: TableLayoutState;
  isPhone: boolean;
}

/** The VMs that are shown, in order. Measurements are followed only while they decide the order. */
function useShownVms(vms: readonly VmView[], filter: ListFilter, layout: TableLayoutState) {
  const folders = useFolders();
  const isMeasured = MEASURED.includes(layout.sort.column);
  const stats = useLive((state) => (isMeasured ? state.stats : null));
  const found = useMemo(() => filterVms(vms, filter, folders), [vms, filter, folders]);
  const { column, direction } = layout.sort;
  return useMemo(() => {
    const shown = sortVms(found.shown, { column, direction }, { stats, folders });
    return { shown, problems: found.problems, groups: groupVms(shown, filter.group, folders) };
  }, [found, column, direction, stats, folders, filter.group]);
}

/** Rows are dragged to folders; with groups by folder, onto their headings too. */
function useListDrag(filter: ListFilter) {
  const folders = useFolders();
  return useDragVms({
    folderOf: (key) => {
      if (filter.group !== 'folder') return undefined;
      return key === NO_GROUP ? null : folders.find(({ id }) => id === key)?.id;
    },
  });
}

const ListBody = memo(function ListBody({ vms, filter, onFilter, facets, layout, isPhone }: ListBodyProps) {
  const { shown, problems, groups } = useShownVms(vms, filter, layout);
  const [selection, setSelection] = useState<Selection>(new Set());
  const dragAndDropHooks = useListDrag(filter);
  const chosen = useMemo(
    () => (selection === 'all' ? shown : shown.filter((vm) => selection.has(vm.id))),
    [selection, shown],
  );
  const keys = useMemo(() => new Set(chosen.map((vm) => vm.id)), [chosen]);
  const rows = { items: shown, groups, selected: keys, onSelect: setSelection };
  const empty = <NoMatch onClear={() => onFilter({ ...NO_FILTER, group: filter.group })} />;
  return (
    <>
      <FilterChips filter={filter} onFilter={onFilter} facets={facets} problems={problems} />
      {chosen.length > 0 ? (
        <BulkBar vms={chosen} onClear={() => setSelection(new Set())} />
      ) : (
        <ListSummary vms={vms} shownCount={shown.length} />
      )}
      {isPhone ? (
        <PhoneList {...rows} empty={empty} />
      ) : (
        <DataTable
          {...rows}
          label="Virtual machines"
          columns={COLUMNS}
          layout={layout}
          textOf={nameOf}
          hrefOf={pathOf}
          dragAndDropHooks={dragAndDropHooks}
          empty={empty}
        />
      )}
    </>
  );
});

function NoVms() {
  const host = useHost();
  return (
    <EmptyState
      icon={<Server aria-hidden className="size-8" />}
      title="No virtual machines yet"
      actions={
        <ButtonLink href={PATHS.newVm} kind="primary" icon={<Plus aria-hidden className="size-4" />}>
          New virtual machine
        </ButtonLink>
      }
    >
      <h1 className="sr-only">Virtual machines</h1>
      <p>
        A virtual machine is a whole computer that runs on {host.hostname}: you install a system on it from an ISO
        image, and work at its screen from here. It goes on running when you close this page.
      </p>
    </EmptyState>
  );
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <div className="flex flex-col items-center gap-2 py-12 text-muted">
      <p>No virtual machine matches this filter.</p>
      <button type="button" className="text-body underline underline-offset-3" onClick={onClear}>
        Show all
      </button>
    </div>
  );
}
