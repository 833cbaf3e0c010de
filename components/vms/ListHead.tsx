'use client';
import { Columns3, Plus } from 'lucide-react';
import { PATHS } from '@/lib/shared/paths';
import type { SavedFilterView } from '@/lib/shared/saved-filter';
import type { ListFilter } from '@/lib/shared/vm-filter';
import { IconButton } from '../ui/Button';
import { Key } from '../ui/Facts';
import { ButtonLink } from '../ui/Link';
import { Menu, MenuChoices } from '../ui/Menu';
import { FilterField } from '../ui/TextField';
import type { TableLayoutState } from '../ui/table-layout';
import { FilterMenu, GroupMenu } from './FilterMenu';
import type { FacetChoices } from './filter-facets';
import { HIDEABLE } from './list-columns';
import { QueryHelp } from './QueryHelp';
import { SavedFilters } from './SavedFilters';

export interface ListHeadProps {
  filter: ListFilter;
  onFilter: (filter: ListFilter) => void;
  facets: readonly FacetChoices[];
  saved: readonly SavedFilterView[];
  onSaved: (saved: SavedFilterView[]) => void;
  layout: TableLayoutState;
  isPhone: boolean;
}

/** What stands above the list: its filter, how it is drawn, and the way to a new VM. */
export function ListHead({ filter, onFilter, facets, saved, onSaved, layout, isPhone }: ListHeadProps) {
  const change = { filter, onFilter };
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-3 py-3 md:px-5">
      <h1 className="sr-only">Virtual machines</h1>
      <div className="flex min-w-0 flex-1 basis-full items-center gap-1 sm:max-w-96 sm:basis-60">
        <FilterField
          label="Filter virtual machines"
          placeholder="Filter, such as tag:web mem>2GiB"
          value={filter.text}
          onChange={(text) => onFilter({ ...filter, text })}
          hint={<Key>/</Key>}
          className="min-w-0 flex-1"
        />
        <QueryHelp />
      </div>
      <FilterMenu {...change} facets={facets} />
      <SavedFilters {...change} saved={saved} onSaved={onSaved} />
      <GroupMenu {...change} />
      {!isPhone && <ColumnsMenu layout={layout} />}
      <ButtonLink
        href={PATHS.newVm}
        kind="primary"
        icon={<Plus aria-hidden className="size-4" />}
        aria-label="New virtual machine"
        className="ml-auto"
      >
        <span>
          New<span className="hidden sm:inline"> virtual machine</span>
        </span>
      </ButtonLink>
    </div>
  );
}

function ColumnsMenu({ layout }: { layout: TableLayoutState }) {
  const shown = HIDEABLE.filter((column) => !layout.hidden.includes(column.value)).map((column) => column.value);
  const show = (ids: string[]) => layout.setHidden(HIDEABLE.map((c) => c.value).filter((id) => !ids.includes(id)));
  return (
    <Menu
      label="Columns"
      trigger={<IconButton kind="normal" label="Columns" icon={<Columns3 aria-hidden className="size-4" />} />}
    >
      <MenuChoices label="Columns" mode="multiple" choices={HIDEABLE} selected={shown} onChange={show} />
    </Menu>
  );
}
