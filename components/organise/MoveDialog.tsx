'use client';
import { useState } from 'react';
import type { VmView } from '@/lib/shared/vm';
import { createFolder } from '@/lib/web/organise-actions';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { useToasts } from '../ui/Toast';
import { callAction } from '../use-action';
import { FolderField } from './FolderField';
import { usePlacing } from './use-placing';

/** Puts VMs into a folder, which may be a new one. */
export function MoveDialog({ vms, onClose }: { vms: readonly VmView[]; onClose: () => void }) {
  const [first] = vms;
  const [folderId, setFolderId] = useState<string | null>(first?.folderId ?? null);
  const [newName, setNewName] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const placing = usePlacing();
  const toasts = useToasts();
  const target = async (): Promise<{ id: string | null } | null> => {
    if (newName.trim() === '') return { id: folderId };
    const result = await callAction(() => createFolder({ name: newName.trim(), parentId: folderId }));
    if (result.ok) return result.value;
    setError(result.error.fields?.name ?? null);
    if (!result.error.fields?.name) toasts.showError(result.error);
    return null;
  };
  const move = async () => {
    setPending(true);
    const folder = await target();
    const isMoved = folder !== null && (await placing.move(vms, folder.id));
    setPending(false);
    if (isMoved) onClose();
  };
  return (
    <Dialog
      title={vms.length === 1 ? `Move ${first?.name} to a folder` : `Move ${vms.length} VMs to a folder`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isPending={isPending} onPress={() => void move()}>
            Move
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <FolderField label="Folder" value={folderId} onChange={setFolderId} />
        <TextField
          label="New folder inside it"
          help="Leave this empty to use the folder itself."
          value={newName}
          onChange={setNewName}
          error={error}
          autoComplete="off"
          onKeyDown={(event) => event.key === 'Enter' && void move()}
        />
      </div>
    </Dialog>
  );
}
