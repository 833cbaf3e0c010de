'use client';
import { Columns3, Plus, Server } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { Selection } from 'react-aria-components';
import { PATHS, vmPath } from '@/lib/shared/paths';
import type { VmView } from '@/lib/shared/vm';
import { useHost, useLive, useVms } from '../live/live-hooks';
import { IconButton } from '../ui/Button';
import { DataTable } from '../ui/DataTable';
import { EmptyState } from '../ui/EmptyState';
import { Key } from '../ui/Facts';
import { ButtonLink } from '../ui/Link';
import { Menu, MenuChoices } from '../ui/Menu';
import { FilterField } from '../ui/TextField';
import { useTableLayout, type TableLayoutState } from '../ui/table-layout';
import { useIsPhone } from '../ui/use-media';
import { BulkBar } from './BulkBar';
import { COLUMN_IDS, COLUMNS, DEFAULT_LAYOUT, HIDEABLE } from './list-columns';
import { ListSummary } from './ListSummary';
import { filterVms, sortVms } from './list-rows';
import { PhoneList } from './PhoneList';

const MEASURED = ['cpu', 'memory'];

/** The filter, kept in the address (`?q=`) so that it can be sent to somebody and survives a reload. */
function useFilter(): [string, (filter: string) => void] {
  const params = useSearchParams();
  const [filter, setFilter] = useState(params.get('q') ?? '');
  const change = useCallback((next: string) => {
    setFilter(next);
    const query = next ? `?q=${encodeURIComponent(next)}` : '';
    // Not the router: typing must not ask the server for anything.
    window.history.replaceState(null, '', `${window.location.pathname}${query}`);
  }, []);
  return [filter, change];
}

/** The VMs that are shown, in order. Measurements are followed only while they decide the order. */
function useShownVms(vms: readonly VmView[], filter: string, layout: TableLayoutState): VmView[] {
  const isMeasured = MEASURED.includes(layout.sort.column);
  const stats = useLive((state) => (isMeasured ? state.stats : null));
  const found = useMemo(() => filterVms(vms, filter), [vms, filter]);
  const { column, direction } = layout.sort;
  return useMemo(() => sortVms(found, { column, direction }, stats), [found, column, direction, stats]);
}

/**
 * The list of all VMs.
 *
 * With a thousand rows, drawing them anew takes a while: what one types is drawn first, and the rows follow.
 */
export function VmList() {
  const vms = useDeferredValue(useVms());
  const layout = useTableLayout('vms', DEFAULT_LAYOUT, COLUMN_IDS);
  const [filter, setFilter] = useFilter();
  const needle = useDeferredValue(filter);
  const isPhone = useIsPhone();
  if (vms.length === 0) return <NoVms />;
  return (
    <div className="flex h-full flex-col">
      <ListHead filter={filter} onFilter={setFilter} layout={layout} isPhone={isPhone} />
      <ListBody vms={vms} filter={needle} onFilter={setFilter} layout={layout} isPhone={isPhone} />
    </div>
  );
}

const nameOf = (vm: VmView) => vm.name;
const pathOf = (vm: VmView) => vmPath(vm.name);

const ListBody = memo(function ListBody({
  vms,
  filter,
  onFilter,
  layout,
  isPhone,
}: ListHeadProps & { vms: readonly VmView[] }) {
  const shown = useShownVms(vms, filter, layout);
  const [selection, setSelection] = useState<Selection>(new Set());
  const chosen = useMemo(
    () => (selection === 'all' ? shown : shown.filter((vm) => selection.has(vm.id))),
    [selection, shown],
  );
  const keys = useMemo(() => new Set(chosen.map((vm) => vm.id)), [chosen]);
  const noMatch = <NoMatch filter={filter} onClear={() => onFilter('')} />;
  return (
    <>
      {chosen.length > 0 ? (
        <BulkBar vms={chosen} onClear={() => setSelection(new Set())} />
      ) : (
        <ListSummary vms={vms} shownCount={shown.length} />
      )}
      {isPhone ? (
        <PhoneList vms={shown} selected={keys} onSelect={setSelection} empty={noMatch} />
      ) : (
        <DataTable
          label="Virtual machines"
          columns={COLUMNS}
          layout={layout}
          items={shown}
          textOf={nameOf}
          hrefOf={pathOf}
          selected={keys}
          onSelect={setSelection}
          empty={noMatch}
        />
      )}
    </>
  );
});

interface ListHeadProps {
  filter: string;
  onFilter: (filter: string) => void;
  layout: TableLayoutState;
  isPhone: boolean;
}

function ListHead({ filter, onFilter, layout, isPhone }: ListHeadProps) {
  const shown = HIDEABLE.filter((column) => !layout.hidden.includes(column.value)).map((column) => column.value);
  const show = (ids: string[]) => layout.setHidden(HIDEABLE.map((c) => c.value).filter((id) => !ids.includes(id)));
  return (
    <div className="flex h-14 shrink-0 items-center gap-2 px-3 md:px-5">
      <h1 className="sr-only">Virtual machines</h1>
      <FilterField
        label="Filter virtual machines"
        placeholder="Filter by name, status, port, notes"
        value={filter}
        onChange={onFilter}
        hint={<Key>/</Key>}
        className="w-full min-w-0 sm:w-80"
      />
      <div className="ml-auto flex items-center gap-2">
        {!isPhone && (
          <Menu
            label="Columns"
            trigger={<IconButton kind="normal" label="Columns" icon={<Columns3 aria-hidden className="size-4" />} />}
          >
            <MenuChoices label="Columns" mode="multiple" choices={HIDEABLE} selected={shown} onChange={show} />
          </Menu>
        )}
        <ButtonLink
          href={PATHS.newVm}
          kind="primary"
          icon={<Plus aria-hidden className="size-4" />}
          aria-label="New virtual machine"
        >
          <span>
            New<span className="hidden sm:inline"> virtual machine</span>
          </span>
        </ButtonLink>
      </div>
    </div>
  );
}

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

function NoMatch({ filter, onClear }: { filter: string; onClear: () => void }) {
  return (
    <div className="flex flex-col items-center gap-2 py-12 text-muted">
      <p>No virtual machine matches “{filter}”.</p>
      <button type="button" className="text-body underline underline-offset-3" onClick={onClear}>
        Show all
      </button>
    </div>
  );
}
