import type { Metadata } from 'next';
import { LazySerial } from '@/components/console/LazyConsoles';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Console' };

/** A VM's serial console, to the edges of the page. */
export default async function ConsolePage({ params }: { params: Promise<{ name: string }> }) {
  await requirePage();
  return <LazySerial name={decodeURIComponent((await params).name)} />;
}
