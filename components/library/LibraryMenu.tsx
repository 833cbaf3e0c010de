'use client';
import { Copy, Download, MoreHorizontal, PackageOpen, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { LibraryFile } from '@/lib/shared/events';
import { libraryFilePath } from '@/lib/shared/paths';
import { formatBytes } from '@/lib/shared/units';
import { removeLibraryFile } from '@/lib/web/library-actions';
import { IconButton } from '../ui/Button';
import { useConfirm } from '../ui/Confirm';
import { copyText } from '../ui/Copy';
import { Menu, MenuItem, MenuLine } from '../ui/Menu';
import { useToasts } from '../ui/Toast';
import { useAction } from '../use-action';
import { RenameFileDialog } from './RenameFileDialog';
import { UnpackDialog } from './UnpackDialog';

const ICON = 'size-4';

/** What can be done with one library file. */
export function LibraryMenu({ file }: { file: LibraryFile }) {
  const [isRenaming, setRenaming] = useState(false);
  const [isUnpacking, setUnpacking] = useState(false);
  const toasts = useToasts();
  const { ask, isPending } = useRemoval(file);
  const users = file.usedBy.length > 0 ? `${file.usedBy.join(', ')} uses it.` : null;
  const copyName = async () => {
    const isCopied = await copyText(file.ref);
    toasts.show(
      isCopied
        ? { kind: 'success', title: `Copied “${file.ref}”.` }
        : { kind: 'danger', title: 'The browser refused to copy.' },
    );
  };
  return (
    <>
      <Menu
        label={`Actions of ${file.name}`}
        trigger={
          <IconButton
            size="sm"
            label={`Actions of ${file.name}`}
            icon={<MoreHorizontal aria-hidden className={ICON} />}
            isPending={isPending}
          />
        }
      >
        <MenuItem icon={<Download className={ICON} />} onAction={() => startDownload(file)}>
          Download
        </MenuItem>
        <MenuItem icon={<Copy className={ICON} />} onAction={() => void copyName()}>
          Copy name
        </MenuItem>
        <MenuItem icon={<Pencil className={ICON} />} disabledReason={users} onAction={() => setRenaming(true)}>
          Rename…
        </MenuItem>
        {file.kind === 'other' && (
          <MenuItem icon={<PackageOpen className={ICON} />} onAction={() => setUnpacking(true)}>
            Unpack…
          </MenuItem>
        )}
        <MenuLine />
        <MenuItem icon={<Trash2 className={ICON} />} isDanger disabledReason={users} onAction={() => void ask()}>
          Delete…
        </MenuItem>
      </Menu>
      {isUnpacking && <UnpackDialog fileRef={file.ref} onClose={() => setUnpacking(false)} />}
      {isRenaming && <RenameFileDialog file={file} onClose={() => setRenaming(false)} />}
    </>
  );
}

/** The server names the file and says that it is one to keep, so the page stays. */
function startDownload({ ref, name }: LibraryFile): void {
  const link = document.createElement('a');
  link.href = libraryFilePath(ref);
  link.download = name;
  link.click();
}

function useRemoval(file: LibraryFile): { ask: () => Promise<void>; isPending: boolean } {
  const confirm = useConfirm();
  const remove = useAction(removeLibraryFile);
  const ask = async () => {
    const isSure = await confirm({
      title: `Delete ${file.name}?`,
      text: `Its ${formatBytes(file.sizeBytes)} are deleted. No VM has it in a drive.`,
      confirmLabel: `Delete ${file.name}`,
      isDanger: true,
    });
    if (isSure) await remove.run(file.ref);
  };
  return { ask, isPending: remove.isPending };
}
