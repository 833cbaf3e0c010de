'use client';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { TAG_COLOURS, type TagColour, type TagView } from '@/lib/shared/organise';
import { removeTag, updateTag } from '@/lib/web/organise-actions';
import { useTags, useVms } from '../live/live-hooks';
import { Button, IconButton } from '../ui/Button';
import { useConfirm } from '../ui/Confirm';
import { Dialog } from '../ui/Dialog';
import { Menu, MenuChoices } from '../ui/Menu';
import { TextField } from '../ui/TextField';
import { useAction } from '../use-action';
import { TagDot } from './TagChips';

const LABELS: Record<TagColour, string> = {
  grey: 'Grey',
  red: 'Red',
  orange: 'Orange',
  yellow: 'Yellow',
  green: 'Green',
  teal: 'Teal',
  blue: 'Blue',
  purple: 'Purple',
};
const CHOICES = TAG_COLOURS.map((colour) => ({ value: colour, label: LABELS[colour] }));

/** All tags: their names, colours, and an end. Each change is made at once, on all VMs. */
export function ManageTags({ onClose }: { onClose: () => void }) {
  const tags = useTags();
  return (
    <Dialog title="Tags" isOpen onClose={onClose} actions={<Button onPress={onClose}>Done</Button>}>
      {tags.length === 0 && <p className="text-muted">No tags yet. Give a VM one by “Tags…” in its menu.</p>}
      <ul className="flex flex-col gap-2">
        {tags.map((tag) => (
          <TagRow key={tag.name} tag={tag} />
        ))}
      </ul>
    </Dialog>
  );
}

function TagRow({ tag }: { tag: TagView }) {
  const count = useVms().filter((vm) => vm.tags.includes(tag.name)).length;
  const [name, setName] = useState(tag.name);
  const [error, setError] = useState<string | null>(null);
  const change = useAction(updateTag, (body) => {
    setError(body.fields?.name ?? body.message);
    return true;
  });
  const remove = useAction(removeTag);
  const confirm = useConfirm();
  const rename = () => {
    setError(null);
    if (name.trim() === '') setName(tag.name);
    else if (name.trim() !== tag.name) void change.run(tag.name, { name: name.trim() });
  };
  const askAndRemove = async () => {
    const text = count === 0 ? 'No VM has it.' : `${count === 1 ? '1 VM loses' : `${count} VMs lose`} it.`;
    if (count === 0 || (await confirm({ title: `Delete the tag ${tag.name}?`, text, confirmLabel: 'Delete tag' })))
      await remove.run(tag.name);
  };
  return (
    <li className="flex items-start gap-2">
      <Menu
        label={`Colour of ${tag.name}`}
        placement="bottom start"
        trigger={
          <IconButton
            kind="normal"
            label={`Colour of ${tag.name}`}
            icon={<TagDot colour={tag.colour} className="size-3" />}
          />
        }
      >
        <MenuChoices
          label="Colour"
          mode="single"
          choices={CHOICES}
          selected={[tag.colour]}
          onChange={([colour]) => colour && void change.run(tag.name, { colour: colour as TagColour })}
        />
      </Menu>
      <TextField
        label={`Name of ${tag.name}`}
        hideLabel
        value={name}
        onChange={setName}
        error={error}
        onBlur={rename}
        onKeyDown={(event) => event.key === 'Enter' && rename()}
        className="min-w-0 flex-1"
      />
      <span className="w-14 pt-1.5 text-right text-sm text-muted tabular">{count === 1 ? '1 VM' : `${count} VMs`}</span>
      <IconButton
        label={`Delete the tag ${tag.name}`}
        icon={<Trash2 aria-hidden className="size-4" />}
        onPress={() => void askAndRemove()}
      />
    </li>
  );
}
