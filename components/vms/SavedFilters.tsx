'use client';
import { Bookmark, Plus, Settings2 } from 'lucide-react';
import { useState } from 'react';
import type { SavedFilterView } from '@/lib/shared/saved-filter';
import { formatFilter, parseFilter, type ListFilter } from '@/lib/shared/vm-filter';
import { IconButton } from '../ui/Button';
import { Menu, MenuChoices, MenuItem, MenuLine, MenuText } from '../ui/Menu';
import { ManageFiltersDialog, SaveFilterDialog } from './SavedFilterDialogs';

interface SavedFiltersProps {
  filter: ListFilter;
  onFilter: (filter: ListFilter) => void;
  saved: readonly SavedFilterView[];
  onSaved: (saved: SavedFilterView[]) => void;
}

/** The user's own filters: to choose one, to save the present one, to order them. */
export function SavedFilters({ filter, onFilter, saved, onSaved }: SavedFiltersProps) {
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const query = formatFilter(filter);
  const choose = (id: string | undefined) => {
    const chosen = saved.find((one) => one.id === id);
    if (chosen) onFilter(parseFilter(new URLSearchParams(chosen.query)));
  };
  return (
    <>
      <Menu
        label="Saved filters"
        trigger={<IconButton kind="normal" label="Saved filters" icon={<Bookmark aria-hidden className="size-4" />} />}
      >
        {saved.length === 0 ? (
          <MenuText title="Saved filters" about="Set a filter, then save it here." />
        ) : (
          <MenuChoices
            label="Saved filters"
            isTitled
            mode="single"
            choices={saved.map(({ id, name, isDefault }) => ({
              value: id,
              label: isDefault ? `${name} (default)` : name,
            }))}
            selected={saved.filter((one) => one.query === query).map(({ id }) => id)}
            onChange={([id]) => choose(id)}
          />
        )}
        <MenuLine />
        <MenuItem
          icon={<Plus aria-hidden className="size-4" />}
          disabledReason={query === '' ? 'Nothing is filtered or grouped now.' : null}
          onAction={() => setDialog('save')}
        >
          Save this filter…
        </MenuItem>
        <MenuItem
          icon={<Settings2 aria-hidden className="size-4" />}
          disabledReason={saved.length === 0 ? 'No filter is saved yet.' : null}
          onAction={() => setDialog('manage')}
        >
          Edit saved filters…
        </MenuItem>
      </Menu>
      {dialog === 'save' && (
        <SaveFilterDialog query={query} saved={saved} onSaved={onSaved} onClose={() => setDialog(null)} />
      )}
      {dialog === 'manage' && <ManageFiltersDialog saved={saved} onSaved={onSaved} onClose={() => setDialog(null)} />}
    </>
  );
}
