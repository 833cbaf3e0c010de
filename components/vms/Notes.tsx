'use client';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { VmView } from '@/lib/shared/vm';
import { updateNotes } from '@/lib/web/vm-actions';
import { Button } from '../ui/Button';
import { Section } from '../ui/Facts';
import { Banner } from '../ui/Notice';
import { TextAreaField } from '../ui/TextField';
import { useAction } from '../use-action';
import { Markdown } from './Markdown';

/** The notes of a VM: Markdown, edited in place. */
export function Notes({ vm }: { vm: VmView }) {
  const [isEditing, setEditing] = useState(false);
  if (isEditing)
    return (
      <Section title="Notes">
        <NotesForm vm={vm} onDone={() => setEditing(false)} />
      </Section>
    );
  const edit = (
    <Button size="sm" kind="quiet" icon={<Pencil aria-hidden className="size-3.5" />} onPress={() => setEditing(true)}>
      {vm.notes ? 'Edit' : 'Add notes'}
    </Button>
  );
  return (
    <Section title="Notes" actions={edit}>
      {vm.notes ? <Markdown text={vm.notes} /> : <p className="text-muted">Nothing noted yet.</p>}
    </Section>
  );
}

function NotesForm({ vm, onDone }: { vm: VmView; onDone: () => void }) {
  const [before] = useState(vm.notes);
  const [text, setText] = useState(vm.notes);
  const save = useAction(updateNotes);
  const submit = async () => {
    const result = await save.run(vm.name, text);
    if (result?.ok) onDone();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
        if (event.key === 'Escape' && text === before) onDone();
      }}
    >
      {vm.notes !== before && (
        <Banner kind="attention" title="Somebody else has changed these notes meanwhile.">
          Saving replaces theirs with yours.
        </Banner>
      )}
      <TextAreaField
        label="Text of the notes"
        help="Markdown: # heading, **bold**, - list, [link](https://…). Ctrl+Enter saves."
        value={text}
        onChange={setText}
        rows={Math.min(24, Math.max(6, text.split('\n').length + 1))}
        autoFocus
      />
      <div className="flex gap-2">
        <Button type="submit" kind="primary" isPending={save.isPending}>
          Save notes
        </Button>
        <Button onPress={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
