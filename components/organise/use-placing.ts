'use client';
import { useMemo } from 'react';
import { folderPath } from '@/lib/shared/organise';
import type { VmView } from '@/lib/shared/vm';
import { placeVms, updateFolder } from '@/lib/web/organise-actions';
import { useFolders } from '../live/live-hooks';
import { useToasts } from '../ui/Toast';
import { callAction } from '../use-action';

export interface Placing {
  /** Puts VMs into a folder, null for the top. A toast says how it went. */
  move: (vms: readonly VmView[], folderId: string | null) => Promise<boolean>;
  /** Puts a folder into another one. */
  moveFolder: (id: string, parentId: string | null) => Promise<boolean>;
}

/** Moves in the list of VMs, for menus, dialogs and drops. */
export function usePlacing(): Placing {
  const toasts = useToasts();
  const folders = useFolders();
  return useMemo(() => {
    const put = async (vms: readonly VmView[], folderId: string | null) => {
      const result = await callAction(() => placeVms({ vms: vms.map(({ name }) => name), folderId }));
      if (!result.ok) toasts.showError(result.error);
      return result.ok;
    };
    return {
      move: async (vms, folderId) => {
        const moved = vms.filter((vm) => vm.folderId !== folderId);
        if (moved.length === 0) return true;
        if (!(await put(moved, folderId))) return false;
        const where = folderId === null ? 'out of its folder' : `to ${folderPath(folders, folderId)}`;
        const what = moved.length === 1 ? (moved[0]?.name ?? '') : `${moved.length} VMs`;
        toasts.show({
          kind: 'success',
          title: `${what} moved ${moved.length > 1 ? where.replace('its', 'their') : where}.`,
        });
        return true;
      },
      moveFolder: async (id, parentId) => {
        const result = await callAction(() => updateFolder(id, { parentId }));
        if (!result.ok) toasts.showError(result.error);
        return result.ok;
      },
    };
  }, [toasts, folders]);
}
