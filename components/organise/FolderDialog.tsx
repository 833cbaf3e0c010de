'use client';
import { useState } from 'react';
import type { FolderView } from '@/lib/shared/organise';
import type { ErrorBody } from '@/lib/shared/errors';
import { createFolder, updateFolder } from '@/lib/web/organise-actions';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { useToasts } from '../ui/Toast';
import { callAction } from '../use-action';
import { FolderField } from './FolderField';

interface FolderDialogProps {
  /** The folder that is changed; left out for a new one. */
  folder?: FolderView;
  /** Where a new one lies at first. */
  parentId?: string | null;
  onClose: () => void;
}

/** Makes a folder, or renames and moves one. */
export function FolderDialog({ folder, parentId = null, onClose }: FolderDialogProps) {
  const [name, setName] = useState(folder?.name ?? '');
  const [parent, setParent] = useState(folder ? folder.parentId : parentId);
  const [error, setError] = useState<ErrorBody | null>(null);
  const [isPending, setPending] = useState(false);
  const toasts = useToasts();
  const reason = name.trim() === '' ? 'Give the folder a name first.' : null;
  const save = async () => {
    if (reason || isPending) return;
    setPending(true);
    const input = { name: name.trim(), parentId: parent };
    const result = await callAction<FolderView>(() => (folder ? updateFolder(folder.id, input) : createFolder(input)));
    setPending(false);
    if (result.ok) return onClose();
    setError(result.error);
    if (!result.error.fields) toasts.showError(result.error);
  };
  return (
    <Dialog
      title={folder ? `Folder ${folder.name}` : 'New folder'}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" disabledReason={reason} isPending={isPending} onPress={() => void save()}>
            {folder ? 'Save' : 'Create folder'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          error={error?.fields?.name}
          autoFocus
          autoComplete="off"
          onKeyDown={(event) => event.key === 'Enter' && void save()}
        />
        <FolderField
          label="Lies in"
          value={parent}
          onChange={setParent}
          moving={folder ?? null}
          error={error?.fields?.parentId}
        />
      </div>
    </Dialog>
  );
}
