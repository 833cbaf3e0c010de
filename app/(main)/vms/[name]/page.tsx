import type { Metadata } from 'next';
import { Overview } from '@/components/vms/Overview';
import { vmm } from '@/lib/vmm';
import { requirePage } from '@/lib/web/page';

export const metadata: Metadata = { title: 'Overview' };

const EVENTS_SHOWN = 100;

/** A VM's overview. The VM itself is live in the browser; only its events are loaded here. */
export default async function OverviewPage({ params }: { params: Promise<{ name: string }> }) {
  await requirePage();
  const name = decodeURIComponent((await params).name);
  const isKnown = vmm()
    .vms.list()
    .some((vm) => vm.name === name);
  const events = isKnown ? await vmm().vms.events(name, EVENTS_SHOWN) : [];
  return <Overview name={name} events={events} />;
}
