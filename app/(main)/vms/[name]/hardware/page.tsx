import type { Metadata } from 'next';
import { HardwarePage } from '@/components/hardware/HardwarePage';
import { vmm } from '@/lib/vmm';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Hardware' };

/** A VM's hardware. The VM is followed by its id, so that a rename does not lose what was typed. */
export default async function VmHardwarePage({ params }: { params: Promise<{ name: string }> }) {
  await requirePage();
  const name = decodeURIComponent((await params).name);
  const vm = vmm()
    .vms.list()
    .find((one) => one.name === name);
  // Without one, the layout says that there is no such VM.
  return vm ? <HardwarePage vmId={vm.id} /> : null;
}
