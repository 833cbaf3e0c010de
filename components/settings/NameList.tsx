'use client';
import { X } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Button, IconButton } from '@/components/ui/Button';
import { Code } from '@/components/ui/Copy';
import { TextField } from '@/components/ui/TextField';
import type { SettingsPatch } from '@/lib/shared/settings';
import { useSettingSaver } from './use-setting';

interface NameListProps {
  title: string;
  about: ReactNode;
  /** The label of the field for one more. */
  addLabel: string;
  placeholder: string;
  names: readonly string[];
  /** The change of the settings that makes these the names. */
  patchOf: (names: string[]) => SettingsPatch;
}

/** A setting that is a list of names: each can be taken out, and others added. */
export function NameList({ title, about, addLabel, placeholder, names: stored, patchOf }: NameListProps) {
  const [names, setNames] = useState(stored);
  const [typed, setTyped] = useState('');
  const { save, isPending, error, clear } = useSettingSaver();
  const store = async (next: readonly string[]) => {
    if (!(await save(patchOf([...next])))) return;
    setNames(next);
    setTyped('');
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    const name = typed.trim().toLowerCase();
    if (name && !isPending) void store(names.includes(name) ? names : [...names, name]);
  };
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-medium">{title}</h3>
      <p className="text-sm text-pretty text-muted">{about}</p>
      <ul aria-label={title} className="divide-y border-y empty:hidden">
        {names.map((name) => (
          <li key={name} className="flex items-center justify-between gap-3 py-1">
            <Code>{name}</Code>
            <IconButton
              size="sm"
              label={`Remove ${name}`}
              icon={<X aria-hidden className="size-4" />}
              isPending={isPending}
              onPress={() => void store(names.filter((other) => other !== name))}
            />
          </li>
        ))}
      </ul>
      <form onSubmit={add} noValidate className="flex max-w-md items-start gap-2">
        <TextField
          label={addLabel}
          isCode
          placeholder={placeholder}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            clear();
          }}
          error={error}
          autoComplete="off"
          spellCheck="false"
          className="min-w-0 flex-1"
        />
        <Button
          type="submit"
          isPending={isPending}
          disabledReason={typed.trim() === '' ? 'Type a name first.' : null}
          className="mt-6"
        >
          Add
        </Button>
      </form>
    </div>
  );
}
