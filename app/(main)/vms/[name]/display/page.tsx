import type { Metadata } from 'next';
import { LazyDisplay } from '@/components/console/LazyConsoles';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Display' };

/** A VM's screen, to the edges of the page. */
export default async function DisplayPage({ params }: { params: Promise<{ name: string }> }) {
  await requirePage();
  return <LazyDisplay name={decodeURIComponent((await params).name)} />;
}
