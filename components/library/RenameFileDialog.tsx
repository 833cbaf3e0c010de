'use client';
import { useState } from 'react';
import { libraryFileName } from '@/lib/shared/device';
import type { ErrorBody } from '@/lib/shared/errors';
import type { LibraryFile } from '@/lib/shared/events';
import { renameLibraryFile } from '@/lib/web/library-actions';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { callAction } from '../use-action';

/** Asks for a file's new name. */
export function RenameFileDialog({ file, onClose }: { file: LibraryFile; onClose: () => void }) {
  const [name, setName] = useState(file.name);
  const [error, setError] = useState<ErrorBody | null>(null);
  const [isPending, setPending] = useState(false);
  const isValid = libraryFileName.safeParse(name).success;
  const reason = isValid ? null : 'A name has 1 to 200 characters, no slash, and no dot at its start.';
  const rename = async () => {
    if (reason) return;
    if (name === file.name) return onClose();
    setPending(true);
    const result = await callAction(() => renameLibraryFile({ ref: file.ref, name }));
    setPending(false);
    if (result.ok) onClose();
    else setError(result.error);
  };
  return (
    <Dialog
      title={`Rename ${file.name}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" disabledReason={reason} isPending={isPending} onPress={() => void rename()}>
            Rename
          </Button>
        </>
      }
    >
      <TextField
        label="New name"
        value={name}
        onChange={(next) => {
          setName(next);
          setError(null);
        }}
        error={reason ?? error?.message}
        autoFocus
        autoComplete="off"
        spellCheck="false"
        onKeyDown={(event) => event.key === 'Enter' && void rename()}
      />
    </Dialog>
  );
}
