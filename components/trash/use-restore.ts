'use client';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { PATHS, vmPath } from '@/lib/shared/paths';
import type { RestoredView, TrashView } from '@/lib/shared/trash';
import { restoreFromTrash } from '@/lib/web/trash-actions';
import { useToasts } from '../ui/Toast';
import { callAction } from '../use-action';

/** How long Undo is offered; the trash page offers it longer. */
const UNDO_MS = 20_000;

/** Restores one thing, and says where it is now and what is different. @returns whether it is back */
export function useRestore(): (id: string) => Promise<boolean> {
  const toasts = useToasts();
  const router = useRouter();
  return useCallback(
    async (id) => {
      const result = await callAction(() => restoreFromTrash(id));
      if (!result.ok) {
        toasts.showError(result.error);
        return false;
      }
      const { name, vmName, remarks } = result.value;
      toasts.show({
        kind: remarks.length > 0 ? 'info' : 'success',
        title: `${name} is restored.`,
        text: remarks.join(' ') || undefined,
        action: vmName
          ? { label: `Open ${vmName}`, onPress: () => router.push(pageOf(vmName, result.value)) }
          : undefined,
        goneAfterMs: remarks.length > 0 ? undefined : UNDO_MS,
      });
      return true;
    },
    [toasts, router],
  );
}

function pageOf(vmName: string, { kind }: RestoredView): string {
  return vmPath(vmName, kind === 'disk' ? 'hardware' : 'overview');
}

/** Says that something was deleted, and offers to undo that. */
export function useDeletedNotice(): (name: string, item: TrashView | null, more?: string) => void {
  const toasts = useToasts();
  const restore = useRestore();
  const router = useRouter();
  return useCallback(
    (name, item, more) => {
      if (!item) return toasts.show({ kind: 'success', title: `${name} is deleted.`, text: more });
      toasts.show({
        kind: 'success',
        title: `${name} is in the trash.`,
        text: more,
        action: {
          label: 'Undo',
          onPress: () => void restore(item.id).then((isBack) => isBack || router.push(PATHS.trash)),
        },
        goneAfterMs: UNDO_MS,
      });
    },
    [toasts, restore, router],
  );
}
