'use client';

import { useState } from 'react';
import { MAX_TYPED_CHARACTERS } from '@/lib/shared/typing/type-text';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { SecretText } from './SecretText';

interface SendTextDialogProps {
  vmName: string;
  onClose: () => void;
  onSend: (text: string) => void;
}

/** Writes a text to a serial port: any characters, at once, without a keyboard's layout. */
export function SendTextDialog({ vmName, onClose, onSend }: SendTextDialogProps) {
  const [text, setText] = useState('');
  const tooLong = `At most ${MAX_TYPED_CHARACTERS} characters are sent at once.`;
  const reason = text === '' ? 'Write or paste a text first.' : text.length > MAX_TYPED_CHARACTERS ? tooLong : null;
  return (
    <Dialog
      title={`Type text into the serial console of ${vmName}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" disabledReason={reason} onPress={() => onSend(text)}>
            Type
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <SecretText text={text} onChange={setText} help="Each line end is sent as the Enter key." />
      </div>
    </Dialog>
  );
}
