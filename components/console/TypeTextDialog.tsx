'use client';

import { useState } from 'react';
import { z } from 'zod';
import { keystrokes, typedCharacters } from '@/lib/shared/typing/keystrokes';
import { keyboardLayout, LAYOUTS } from '@/lib/shared/typing/layouts';
import {
  DEFAULT_KEYS_PER_SECOND,
  keysPerSecond,
  MAX_KEYS_PER_SECOND,
  MAX_TYPED_CHARACTERS,
} from '@/lib/shared/typing/type-text';
import type { VmView } from '@/lib/shared/vm';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Banner } from '../ui/Notice';
import { NumberField } from '../ui/NumberField';
import { ProgressBar } from '../ui/ProgressBar';
import { Select } from '../ui/Select';
import { useStored } from '../ui/use-stored';
import { MissingCharacters, SecretText } from './SecretText';
import { useTyping } from './use-typing';

const LAYOUT_OPTIONS = keyboardLayout.options.map((value) => ({ value, label: LAYOUTS[value].label }));

const storedKeyboard = z.object({ layout: keyboardLayout, keysPerSecond });
type StoredKeyboard = z.infer<typeof storedKeyboard>;
const DEFAULTS: StoredKeyboard = { layout: 'us', keysPerSecond: DEFAULT_KEYS_PER_SECOND };
const checkKeyboard = (stored: unknown): StoredKeyboard => storedKeyboard.safeParse(stored).data ?? DEFAULTS;

/** The layout and speed of a VM's keyboard, remembered by this browser. */
export const useKeyboardOf = (vm: VmView) => useStored(`typing:${vm.id}`, checkKeyboard);

interface TypeTextDialogProps {
  vm: VmView;
  onClose: () => void;
  /** Called when all was typed. */
  onTyped: () => void;
}

/** Types a text at a VM's keyboard: in firmware, at a login, wherever pasting does not work. */
export function TypeTextDialog({ vm, onClose, onTyped }: TypeTextDialogProps) {
  const [text, setText] = useState('');
  const [keyboard, setKeyboard] = useKeyboardOf(vm);
  const { progress, error, start, stop } = useTyping(vm.name);
  const { missing } = keystrokes(text, keyboard.layout);
  const type = async () => {
    if (await start(text, keyboard.layout, keyboard.keysPerSecond)) onTyped();
  };
  const leaveOut = () => setText(withoutAll(text, missing));
  const idle = (
    <>
      <Button onPress={onClose}>Cancel</Button>
      <Button kind="primary" disabledReason={whyNotType(text, missing)} onPress={() => void type()}>
        Type
      </Button>
    </>
  );
  return (
    <Dialog
      title={`Type text into ${vm.name}`}
      isOpen
      onClose={onClose}
      actions={progress ? <Button onPress={stop}>Stop</Button> : idle}
    >
      <div className="flex flex-col gap-4">
        <SecretText text={text} onChange={setText} help="Each line end is the Enter key." />
        <MissingCharacters missing={missing} layout={keyboard.layout} onLeaveOut={leaveOut} />
        <KeyboardFields keyboard={keyboard} onChange={setKeyboard} />
        {error && <Banner kind="danger" title={error.message} />}
        {progress && (
          <ProgressBar
            label="Typing"
            value={progress.done / progress.total}
            text={`${progress.done} of ${progress.total} characters`}
          />
        )}
      </div>
    </Dialog>
  );
}

function KeyboardFields({ keyboard, onChange }: { keyboard: StoredKeyboard; onChange: (k: StoredKeyboard) => void }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select
        label="Layout of the guest"
        help="What the guest has set, not your own keyboard."
        options={LAYOUT_OPTIONS}
        value={keyboard.layout}
        onChange={(layout) => onChange({ ...keyboard, layout })}
      />
      <NumberField
        label="Speed"
        unit="keys/s"
        help="Slower, if letters are lost."
        minValue={1}
        maxValue={MAX_KEYS_PER_SECOND}
        value={keyboard.keysPerSecond}
        onChange={(speed) => onChange({ ...keyboard, keysPerSecond: keysPerSecond.catch(1).parse(speed) })}
      />
    </div>
  );
}

function withoutAll(text: string, missing: readonly string[]): string {
  return typedCharacters(text)
    .filter((character) => !missing.includes(character))
    .join('');
}

function whyNotType(text: string, missing: readonly string[]): string | null {
  if (text === '') return 'Write or paste a text first.';
  if (text.length > MAX_TYPED_CHARACTERS) return `At most ${MAX_TYPED_CHARACTERS} characters are typed at once.`;
  return missing.length > 0 ? 'Leave out what the layout cannot type, or choose another layout.' : null;
}
