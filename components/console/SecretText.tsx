'use client';

import { useState } from 'react';
import { LAYOUTS, type KeyboardLayout } from '@/lib/shared/typing/layouts';
import { Button } from '../ui/Button';
import { Switch } from '../ui/Checkbox';
import { TextAreaField, TextField } from '../ui/TextField';

const NAMED = 12;

interface SecretTextProps {
  text: string;
  onChange: (text: string) => void;
  help: string;
}

/** A text in many lines, or a password that nobody may read over one's shoulder. It is never stored. */
export function SecretText({ text, onChange, help }: SecretTextProps) {
  const [isHidden, setHidden] = useState(false);
  const common = { label: 'Text', value: text, onChange, isCode: true, spellCheck: 'false' as const };
  return (
    <>
      {isHidden ? (
        <TextField {...common} type="password" autoComplete="new-password" />
      ) : (
        <TextAreaField {...common} rows={5} autoFocus autoComplete="off" help={help} />
      )}
      <Switch
        isSelected={isHidden}
        onChange={setHidden}
        help="Dots in place of letters. Nothing typed is kept or logged."
      >
        Hide the text
      </Switch>
    </>
  );
}

interface MissingCharactersProps {
  missing: readonly string[];
  layout: KeyboardLayout;
  onLeaveOut: () => void;
}

/** Names what cannot be typed, before anything is sent. */
export function MissingCharacters({ missing, layout, onLeaveOut }: MissingCharactersProps) {
  const named = missing.slice(0, NAMED).join(' ') + (missing.length > NAMED ? ' …' : '');
  const count = missing.length === 1 ? '1 character' : `${missing.length} different characters`;
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 empty:hidden">
      {missing.length > 0 && (
        <>
          <p className="min-w-0 flex-1 break-words text-danger">
            {LAYOUTS[layout].label} cannot type {count}: <span className="font-mono">{named}</span>
          </p>
          <Button size="sm" onPress={onLeaveOut}>
            Leave out
          </Button>
        </>
      )}
    </div>
  );
}
