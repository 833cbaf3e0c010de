'use client';
import { useCallback } from 'react';
import { useToasts } from '@/components/ui/Toast';
import type { TaskView } from '@/lib/shared/task';

/** Says that a task has begun, and where it is seen. */
export function useTaskStarted(): (task: TaskView) => void {
  const toasts = useToasts();
  return useCallback(
    ({ title }) => toasts.show({ kind: 'info', title: `${title} has begun.`, text: 'How far it is, Tasks shows.' }),
    [toasts],
  );
}
