'use client';
import { Star, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { filterName, type SavedFilterView } from '@/lib/shared/saved-filter';
import { removeFilter, saveFilter, updateFilter } from '@/lib/web/organise-actions';
import { Button, IconButton } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { useAction } from '../use-action';

interface FilterDialogProps {
  saved: readonly SavedFilterView[];
  onSaved: (saved: SavedFilterView[]) => void;
  onClose: () => void;
}

/** Gives the present filter a name. */
export function SaveFilterDialog({ query, saved, onSaved, onClose }: FilterDialogProps & { query: string }) {
  const [name, setName] = useState('');
  const [isDefault, setDefault] = useState(false);
  const action = useAction(saveFilter);
  const parsed = filterName.safeParse(name);
  const isKnown = parsed.success && saved.some((one) => one.name === parsed.data);
  const save = async () => {
    if (!parsed.success) return;
    const result = await action.run({ name: parsed.data, query, isDefault });
    if (!result?.ok) return;
    onSaved(result.value);
    onClose();
  };
  return (
    <Dialog
      title="Save this filter"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            kind="primary"
            disabledReason={parsed.success ? null : (parsed.error.issues[0]?.message ?? null)}
            isPending={action.isPending}
            onPress={() => void save()}
          >
            {isKnown ? 'Replace' : 'Save'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          help={isKnown ? 'You have a filter of this name: it is replaced.' : 'Only you see it.'}
          autoFocus
          autoComplete="off"
          onKeyDown={(event) => event.key === 'Enter' && void save()}
        />
        <Checkbox isSelected={isDefault} onChange={setDefault} help="It is set whenever you open the list.">
          Make it the default
        </Checkbox>
      </div>
    </Dialog>
  );
}

/** Renames and deletes filters, and chooses the default. Each change is made at once. */
export function ManageFiltersDialog({ saved, onSaved, onClose }: FilterDialogProps) {
  return (
    <Dialog title="Saved filters" isOpen onClose={onClose} actions={<Button onPress={onClose}>Done</Button>}>
      {saved.length === 0 && <p className="text-muted">No filter is saved any more.</p>}
      <ul className="flex flex-col gap-2">
        {saved.map((one) => (
          <FilterRow key={one.id} saved={one} onSaved={onSaved} />
        ))}
      </ul>
    </Dialog>
  );
}

function FilterRow({ saved, onSaved }: { saved: SavedFilterView; onSaved: (saved: SavedFilterView[]) => void }) {
  const [name, setName] = useState(saved.name);
  const [error, setError] = useState<string | null>(null);
  const update = useAction(updateFilter, (body) => {
    setError(body.fields?.name ?? body.message);
    return true;
  });
  const remove = useAction(removeFilter);
  const change = async (patch: { name?: string; isDefault?: boolean }) => {
    setError(null);
    const result = await update.run(saved.id, patch);
    if (result?.ok) onSaved(result.value);
  };
  const rename = () => {
    if (name.trim() === '') setName(saved.name);
    else if (name.trim() !== saved.name) void change({ name: name.trim() });
  };
  const drop = async () => {
    const result = await remove.run(saved.id);
    if (result?.ok) onSaved(result.value);
  };
  return (
    <li className="flex items-start gap-2">
      <TextField
        label={`Name of ${saved.name}`}
        hideLabel
        value={name}
        onChange={setName}
        error={error}
        onBlur={rename}
        onKeyDown={(event) => event.key === 'Enter' && rename()}
        className="min-w-0 flex-1"
      />
      <IconButton
        label={saved.isDefault ? `${saved.name} is the default: take that back` : `Make ${saved.name} the default`}
        icon={<Star aria-hidden className="size-4" fill={saved.isDefault ? 'currentColor' : 'none'} />}
        onPress={() => void change({ isDefault: !saved.isDefault })}
      />
      <IconButton
        label={`Delete the filter ${saved.name}`}
        icon={<Trash2 aria-hidden className="size-4" />}
        onPress={() => void drop()}
      />
    </li>
  );
}
