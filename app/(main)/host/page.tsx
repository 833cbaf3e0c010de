import type { Metadata } from 'next';
import { HostPage } from '@/components/host/HostPage';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Host' };

export default async function Host() {
  await requirePage();
  return <HostPage />;
}
