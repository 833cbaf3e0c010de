import type { Metadata, Viewport } from 'next';
import { LazyDisplay } from '@/components/console/LazyConsoles';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Display' };

/** A phone's keyboard makes the page smaller instead of covering it. */
export const viewport: Viewport = { interactiveWidget: 'resizes-content' };

/** A VM's screen in a tab of its own. */
export default async function PopOutDisplayPage({ params }: { params: Promise<{ name: string }> }) {
  await requirePage();
  return <LazyDisplay name={decodeURIComponent((await params).name)} isPopOut />;
}
