import type { Metadata } from 'next';
import { CreateForm } from '@/components/wizard/CreateForm';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'New virtual machine' };

export default async function NewVmPage() {
  await requirePage();
  return <CreateForm />;
}
