'use client';
import { Plus, Tags } from 'lucide-react';
import { useState } from 'react';
import { vmTag, type VmView } from '@/lib/shared/vm';
import { placeVms } from '@/lib/web/organise-actions';
import { useTags } from '../live/live-hooks';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { useAction } from '../use-action';
import { ManageTags } from './ManageTags';
import { TagDot } from './TagChips';

type Choice = ReadonlyMap<string, boolean>;

/** Gives VMs tags and takes them off; new tags are made by writing them. */
export function TagsDialog({ vms, onClose }: { vms: readonly VmView[]; onClose: () => void }) {
  const tags = useTags();
  const [choice, setChoice] = useState<Choice>(new Map());
  const [isManaging, setManaging] = useState(false);
  const place = useAction(placeVms);
  const save = async () => {
    const changed = (isOn: boolean) => [...choice].filter(([, on]) => on === isOn).map(([name]) => name);
    const names = vms.map(({ name }) => name);
    const result = await place.run({ vms: names, addTags: changed(true), removeTags: changed(false) });
    if (result?.ok) onClose();
  };
  if (isManaging) return <ManageTags onClose={() => setManaging(false)} />;
  const added = [...choice.keys()].filter((name) => !tags.some((tag) => tag.name === name));
  return (
    <Dialog
      title={vms.length === 1 ? `Tags of ${vms[0]?.name}` : `Tags of ${vms.length} VMs`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button
            kind="quiet"
            icon={<Tags aria-hidden className="size-4" />}
            onPress={() => setManaging(true)}
            className="mr-auto"
          >
            Edit all tags…
          </Button>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isPending={place.isPending} onPress={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <NewTag onAdd={(name) => setChoice(new Map(choice).set(spelling(name, tags), true))} />
        <div role="group" aria-label="Tags" className="flex flex-col gap-1">
          {[...tags, ...added.map((name) => ({ name, colour: 'grey' as const }))].map((tag) => (
            <TagBox
              key={tag.name}
              vms={vms}
              tag={tag}
              chosen={choice.get(tag.name)}
              onChange={(on) => setChoice(new Map(choice).set(tag.name, on))}
            />
          ))}
        </div>
      </div>
    </Dialog>
  );
}

function spelling(name: string, tags: readonly { name: string }[]): string {
  return tags.find((tag) => tag.name.toLowerCase() === name.toLowerCase())?.name ?? name;
}

interface TagBoxProps {
  vms: readonly VmView[];
  tag: { name: string; colour: Parameters<typeof TagDot>[0]['colour'] };
  /** What was chosen here; undefined: as it is. */
  chosen: boolean | undefined;
  onChange: (isOn: boolean) => void;
}

function TagBox({ vms, tag, chosen, onChange }: TagBoxProps) {
  const having = vms.filter((vm) => vm.tags.includes(tag.name)).length;
  const isMixed = chosen === undefined && having > 0 && having < vms.length;
  return (
    <Checkbox
      isSelected={chosen ?? having === vms.length}
      isIndeterminate={isMixed}
      onChange={onChange}
      note={isMixed ? `on ${having} of ${vms.length}` : null}
      className="min-h-7 pointer-coarse:min-h-10"
    >
      <span className="inline-flex items-center gap-2">
        <TagDot colour={tag.colour} />
        {tag.name}
      </span>
    </Checkbox>
  );
}

function NewTag({ onAdd }: { onAdd: (name: string) => void }) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const add = () => {
    const parsed = vmTag.safeParse(text.trim());
    if (!parsed.success) return setError(parsed.error.issues[0]?.message ?? null);
    onAdd(parsed.data);
    setText('');
    setError(null);
  };
  return (
    <div className="flex items-start gap-2">
      <TextField
        label="New tag"
        value={text}
        onChange={(next) => {
          setText(next);
          setError(null);
        }}
        error={error}
        autoFocus
        autoComplete="off"
        onKeyDown={(event) => event.key === 'Enter' && add()}
        className="flex-1"
      />
      <Button
        icon={<Plus aria-hidden className="size-4" />}
        disabledReason={text.trim() === '' ? 'Write a tag first.' : null}
        onPress={add}
        className="mt-6"
      >
        Add
      </Button>
    </div>
  );
}
