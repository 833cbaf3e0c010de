import type { Metadata } from 'next';
import { VmList } from '@/components/vms/VmList';
import { vmm } from '@/lib/vmm';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Virtual machines' };

export default async function VmsPage() {
  const { userId, name } = await requirePage();
  return <VmList savedFilters={await vmm().filters.list({ userId, name })} />;
}
