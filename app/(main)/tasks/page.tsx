import type { Metadata } from 'next';
import { Suspense } from 'react';
import { TasksPage } from '@/components/tasks/TasksPage';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Tasks' };

export default async function Tasks() {
  await requirePage();
  return (
    <Suspense>
      <TasksPage />
    </Suspense>
  );
}
