import type { Metadata, Viewport } from 'next';
import { LazySerial } from '@/components/console/LazyConsoles';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Console' };

/** A phone's keyboard makes the page smaller instead of covering it. */
export const viewport: Viewport = { interactiveWidget: 'resizes-content' };

/** A VM's serial console in a tab of its own. */
export default async function PopOutConsolePage({ params }: { params: Promise<{ name: string }> }) {
  await requirePage();
  return <LazySerial name={decodeURIComponent((await params).name)} isPopOut />;
}
