import type { Metadata } from 'next';
import { TrashPage } from '@/components/trash/TrashPage';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Trash' };

export default async function Trash() {
  await requirePage();
  return <TrashPage />;
}
