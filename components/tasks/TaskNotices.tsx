'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { TaskStatus, TaskView } from '@/lib/shared/task';
import { useLive, useTasks } from '../live/live-hooks';
import { useToasts } from '../ui/Toast';
import { showDesktopNotice, useDesktopNotices } from './desktop-notices';
import { nextStep } from './task-next';
import { endedBetween } from './task-rows';

/** Tells when a task of this user has ended, with what to do next. Draws nothing itself. */
export function TaskNotices({ userName }: { userName: string }) {
  const tasks = useTasks();
  const byId = useLive((state) => state.byId);
  const before = useRef<Map<string, TaskStatus> | null>(null);
  const router = useRouter();
  const toasts = useToasts();
  const desktop = useDesktopNotices();

  const tell = useEffectEvent((task: TaskView) => {
    const { label, href } = nextStep(task, byId.get(task.vmId ?? '')?.name ?? null);
    const open = () => router.push(href);
    const title = task.status === 'done' ? `${task.title}: done` : `${task.title}: failed`;
    const text = task.error?.message ?? '';
    const kind = task.status === 'done' ? 'success' : 'danger';
    toasts.show({ kind, title, ...(text ? { text } : {}), action: { label, onPress: open } });
    if (desktop.isOn) showDesktopNotice(title, text, open);
  });

  useEffect(() => {
    if (before.current) for (const task of endedBetween(before.current, tasks, userName)) tell(task);
    before.current = new Map(tasks.map(({ id, status }) => [id, status]));
  }, [tasks, userName]);
  return null;
}
