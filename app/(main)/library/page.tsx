import type { Metadata } from 'next';
import { LibraryPage } from '@/components/library/LibraryPage';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Library' };

export default async function Library() {
  await requirePage();
  return <LibraryPage />;
}
