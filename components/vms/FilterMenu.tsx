'use client';
import { ListFilter as FilterIcon, Rows3 } from 'lucide-react';
import type { Grouping, ListFilter } from '@/lib/shared/vm-filter';
import { IconButton } from '../ui/Button';
import { Menu, MenuChoices } from '../ui/Menu';
import type { FacetChoices } from './filter-facets';

interface FilterProps {
  filter: ListFilter;
  onFilter: (filter: ListFilter) => void;
}

/** Ids of menu entries are not empty, but the value of "in no folder" is. */
const toId = (value: string) => `=${value}`;

/** Chooses values to filter by: of several kinds all must fit, of one kind any may. */
export function FilterMenu({ filter, onFilter, facets }: FilterProps & { facets: readonly FacetChoices[] }) {
  return (
    <Menu
      label="Filter by"
      placement="bottom start"
      trigger={<IconButton kind="normal" label="Filter by" icon={<FilterIcon aria-hidden className="size-4" />} />}
    >
      {facets.map(({ facet, label, choices }) => (
        <MenuChoices
          key={facet}
          label={label}
          isTitled
          mode="multiple"
          choices={choices.map((choice) => ({ ...choice, value: toId(choice.value) }))}
          selected={filter[facet].map(toId)}
          onChange={(ids) => onFilter({ ...filter, [facet]: ids.map((id) => id.slice(1)) })}
        />
      ))}
    </Menu>
  );
}

const GROUPS: { value: Grouping; label: string }[] = [
  { value: 'none', label: 'No groups' },
  { value: 'folder', label: 'By folder' },
  { value: 'tag', label: 'By tag' },
  { value: 'status', label: 'By status' },
];

/** Chooses what the rows are grouped by. */
export function GroupMenu({ filter, onFilter }: FilterProps) {
  return (
    <Menu
      label="Group rows"
      trigger={<IconButton kind="normal" label="Group rows" icon={<Rows3 aria-hidden className="size-4" />} />}
    >
      <MenuChoices
        label="Group rows"
        mode="single"
        choices={GROUPS}
        selected={[filter.group]}
        onChange={([group]) => group && onFilter({ ...filter, group: group as Grouping })}
      />
    </Menu>
  );
}
