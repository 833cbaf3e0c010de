import type { Metadata } from 'next';
import { LazyDisplay } from '@/components/console/LazyConsoles';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Display' };

/** A VM's screen in a tab of its own. */
export default async function PopOutDisplayPage({ params }: { params: Promise<{ name: string }> }) {
  await requirePage();
  return <LazyDisplay name={decodeURIComponent((await params).name)} isPopOut />;
}
