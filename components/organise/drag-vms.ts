'use client';
/**
 * Dragging VMs and folders onto folders, between the list and the rail.
 *
 *   row of the list ─┐                                   ┌─▶ folder in the rail
 *   row of the rail ─┴─▶ {skep-vm: id} · {skep-folder: id} ─┴─▶ folder's heading in the list
 */
import { useMemo } from 'react';
import { useDragAndDrop, type DropItem, type DragAndDropHooks } from 'react-aria-components';
import { useFolders, useVms } from '../live/live-hooks';
import { itemIdOf } from '../ui/row-groups';
import { usePlacing } from './use-placing';

const VM_TYPE = 'skep-vm';
const FOLDER_TYPE = 'skep-folder';

interface DragOptions {
  /** The folder that a row stands for; undefined when nothing can be dropped on it. */
  folderOf: (key: string) => string | null | undefined;
  /** Whether VMs may be dropped beside the rows, and come to lie in no folder. */
  hasRoot?: boolean;
}

/** The ids that were dragged, of one type. */
async function idsOf(items: readonly DropItem[], type: string): Promise<string[]> {
  const ids: string[] = [];
  for (const item of items) if (item.kind === 'text' && item.types.has(type)) ids.push(await item.getText(type));
  return ids;
}

/** Makes rows draggable, and those of folders places to drop on. Keys of rows are those of `row-groups.ts`. */
export function useDragVms({ folderOf, hasRoot }: DragOptions): DragAndDropHooks {
  const vms = useVms();
  const folders = useFolders();
  const placing = usePlacing();
  const byId = useMemo(() => new Map(vms.map((vm) => [vm.id, vm])), [vms]);
  const drop = async (items: readonly DropItem[], folderId: string | null) => {
    const dragged = (await idsOf(items, VM_TYPE)).map((id) => byId.get(id)).filter((vm) => vm !== undefined);
    if (dragged.length > 0) await placing.move(dragged, folderId);
    for (const id of await idsOf(items, FOLDER_TYPE)) await placing.moveFolder(id, folderId);
  };
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].map(String).map((key): Record<string, string> => {
        const vm = byId.get(itemIdOf(key));
        if (vm) return { [VM_TYPE]: vm.id, 'text/plain': vm.name };
        return { [FOLDER_TYPE]: key, 'text/plain': folders.find(({ id }) => id === key)?.name ?? '' };
      }),
    acceptedDragTypes: [VM_TYPE, FOLDER_TYPE],
    getAllowedDropOperations: () => ['move'],
    getDropOperation: () => 'move',
    shouldAcceptItemDrop: ({ key }) => folderOf(String(key)) !== undefined,
    onItemDrop: ({ items, target }) => {
      const folderId = folderOf(String(target.key));
      if (folderId !== undefined) void drop(items, folderId);
    },
    ...(hasRoot ? { onRootDrop: ({ items }) => void drop(items, null) } : {}),
  });
  return dragAndDropHooks;
}
