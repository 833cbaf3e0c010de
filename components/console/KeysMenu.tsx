'use client';

import { Command } from 'lucide-react';
import { useState } from 'react';
import { stepsLine } from '@/lib/shared/key-macro';
import type { VmView } from '@/lib/shared/vm';
import { Button } from '../ui/Button';
import { Menu, MenuItem, MenuLine } from '../ui/Menu';
import { COMBINATIONS, type Key } from './keys';
import { MacroDialog } from './MacroDialog';
import { useMacros } from './use-macros';

/** What a macro's line in the menu may take. */
const SHOWN_CHARACTERS = 40;

interface KeysMenuProps {
  vm: VmView;
  disabledReason: string | null;
  onPress: (keys: readonly Key[]) => void;
}

/** Combinations that browsers keep for themselves, and the user's own macros. */
export function KeysMenu({ vm, disabledReason, onPress }: KeysMenuProps) {
  const macros = useMacros(vm);
  const [isEditing, setEditing] = useState(false);
  const trigger = (
    <Button size="sm" kind="quiet" icon={<Command aria-hidden className="size-4" />} disabledReason={disabledReason}>
      Send keys
    </Button>
  );
  if (disabledReason) return trigger;
  return (
    <>
      <Menu label="Send keys" trigger={trigger} placement="bottom start">
        {macros.list.map(({ id, name, steps }) => (
          <MenuItem key={id} keys={shortened(stepsLine(steps))} onAction={() => void macros.run(id)}>
            {name}
          </MenuItem>
        ))}
        <MenuItem onAction={() => setEditing(true)}>Key macros…</MenuItem>
        {COMBINATIONS.flatMap((group, i) => [
          <MenuLine key={`line${i}`} />,
          ...group.map(({ label, keys }) => (
            <MenuItem key={label} onAction={() => onPress(keys)}>
              {label}
            </MenuItem>
          )),
        ])}
      </Menu>
      {isEditing && <MacroDialog macros={macros} onClose={() => setEditing(false)} />}
    </>
  );
}

function shortened(line: string): string {
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS - 1)}…` : line;
}
