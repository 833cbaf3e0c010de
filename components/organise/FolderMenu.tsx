'use client';
import { EllipsisVertical, FolderPen, FolderPlus, List, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { folderPath, type FolderView } from '@/lib/shared/organise';
import { PATHS } from '@/lib/shared/paths';
import { formatFilter, NO_FILTER } from '@/lib/shared/vm-filter';
import { removeFolder } from '@/lib/web/organise-actions';
import { useFolders, useVms } from '../live/live-hooks';
import { IconButton } from '../ui/Button';
import { useConfirm } from '../ui/Confirm';
import { Menu, MenuItem, MenuLine } from '../ui/Menu';
import { useAction } from '../use-action';
import { FolderDialog } from './FolderDialog';

const ICON = { 'aria-hidden': true, className: 'size-4' } as const;

/** What can be done with a folder. */
export function FolderMenu({ folder, className }: { folder: FolderView; className?: string }) {
  const router = useRouter();
  const folders = useFolders();
  const remove = useRemoveFolder(folder);
  const [dialog, setDialog] = useState<'edit' | 'new' | null>(null);
  const close = () => setDialog(null);
  const list = `${PATHS.vms}?${formatFilter({ ...NO_FILTER, folder: [folderPath(folders, folder.id)] })}`;
  return (
    <>
      <Menu
        label={`Actions of the folder ${folder.name}`}
        trigger={
          <IconButton
            size="sm"
            hasLightTip
            label={`Actions of the folder ${folder.name}`}
            icon={<EllipsisVertical {...ICON} />}
            className={className}
          />
        }
      >
        <MenuItem icon={<List {...ICON} />} onAction={() => router.push(list)}>
          Show in the list
        </MenuItem>
        <MenuItem icon={<FolderPlus {...ICON} />} onAction={() => setDialog('new')}>
          New folder in it…
        </MenuItem>
        <MenuItem icon={<FolderPen {...ICON} />} onAction={() => setDialog('edit')}>
          Rename or move…
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<Trash2 {...ICON} />} isDanger onAction={() => void remove()}>
          Delete folder
        </MenuItem>
      </Menu>
      {dialog === 'edit' && <FolderDialog folder={folder} onClose={close} />}
      {dialog === 'new' && <FolderDialog parentId={folder.id} onClose={close} />}
    </>
  );
}

/** Deletes a folder; asks first when something lies in it. */
function useRemoveFolder(folder: FolderView) {
  const confirm = useConfirm();
  const folders = useFolders();
  const vmCount = useVms().filter((vm) => vm.folderId === folder.id).length;
  const folderCount = folders.filter(({ parentId }) => parentId === folder.id).length;
  const { run } = useAction(removeFolder);
  const parts = [
    ...(vmCount > 0 ? [vmCount === 1 ? '1 VM' : `${vmCount} VMs`] : []),
    ...(folderCount > 0 ? [folderCount === 1 ? '1 folder' : `${folderCount} folders`] : []),
  ];
  const up = folderPath(folders, folder.parentId) || 'the top';
  const question = {
    title: `Delete the folder ${folder.name}?`,
    text: `What lies in it (${parts.join(' and ')}) goes up to ${up}. No VM is deleted.`,
    confirmLabel: 'Delete folder',
  };
  return async () => {
    if (parts.length === 0 || (await confirm(question))) await run(folder.id);
  };
}
