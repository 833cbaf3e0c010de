'use client';

import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { keyMacroSave, stepsLine, type KeyMacroSave, type KeyMacroView } from '@/lib/shared/key-macro';
import { Button, IconButton } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { MacroSteps } from './MacroSteps';
import type { Macros } from './use-macros';

const ICON = { 'aria-hidden': true, className: 'size-4' } as const;
const NEW: KeyMacroSave = { name: '', steps: [{ kind: 'keys', keys: '' }] };

/** The user's macros: made, changed, deleted. They belong to the user and serve at every VM. */
export function MacroDialog({ macros, onClose }: { macros: Macros; onClose: () => void }) {
  const [edited, setEdited] = useState<KeyMacroSave | null>(null);
  if (edited) return <MacroForm macro={edited} macros={macros} onClose={() => setEdited(null)} />;
  return (
    <Dialog
      title="Key macros"
      isOpen
      onClose={onClose}
      actions={
        <Button kind="primary" icon={<Plus {...ICON} />} onPress={() => setEdited(NEW)}>
          New macro
        </Button>
      }
    >
      {macros.list.length === 0 ? (
        <p className="text-muted">A macro presses keys and types texts one after the other, as often as you need it.</p>
      ) : (
        <ul aria-label="Key macros" className="divide-y">
          {macros.list.map((macro) => (
            <MacroRow key={macro.id} macro={macro} onEdit={() => setEdited(macro)} onRemove={macros.remove} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

interface MacroRowProps {
  macro: KeyMacroView;
  onEdit: () => void;
  onRemove: (id: string) => Promise<void>;
}

function MacroRow({ macro, onEdit, onRemove }: MacroRowProps) {
  const { id, name, steps } = macro;
  return (
    <li className="flex items-center gap-2 py-2">
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">{name}</div>
        <div className="truncate text-sm text-muted">{stepsLine(steps)}</div>
      </div>
      <IconButton size="sm" label={`Edit ${name}`} icon={<Pencil {...ICON} />} onPress={onEdit} />
      <IconButton size="sm" label={`Delete ${name}`} icon={<Trash2 {...ICON} />} onPress={() => void onRemove(id)} />
    </li>
  );
}

/** The sentence for each part of a macro that is wrong, by its path. */
function errorsOf(macro: KeyMacroSave): Record<string, string> {
  const issues = keyMacroSave.safeParse(macro).error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message]));
}

function MacroForm({ macro, macros, onClose }: { macro: KeyMacroSave; macros: Macros; onClose: () => void }) {
  const [draft, setDraft] = useState(macro);
  const [isTried, setTried] = useState(false);
  const errors = isTried ? errorsOf(draft) : {};
  const save = async () => {
    setTried(true);
    if (Object.keys(errorsOf(draft)).length === 0 && (await macros.save(draft))) onClose();
  };
  return (
    <Dialog
      title={macro.id === undefined ? 'New macro' : `Edit ${macro.name}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" onPress={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          label="Name"
          value={draft.name}
          error={errors.name}
          autoFocus
          onChange={(name) => setDraft({ ...draft, name })}
        />
        <MacroSteps steps={draft.steps} errors={errors} onChange={(steps) => setDraft({ ...draft, steps })} />
        <p className="text-sm text-muted">
          Texts are stored as they stand here: use “Type text…” for passwords. They are typed in the layout that was
          last chosen there.
        </p>
      </div>
    </Dialog>
  );
}
