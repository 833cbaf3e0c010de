import type { Metadata } from 'next';
import { VmList } from '@/components/vms/VmList';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Virtual machines' };

export default async function VmsPage() {
  await requirePage();
  return <VmList />;
}
