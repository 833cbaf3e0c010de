import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { LiveProvider } from '@/components/live/LiveProvider';
import { PendingVerbsProvider } from '@/components/vms/pending-verbs';
import { vmm } from '@/lib/vmm';
import { requirePage } from '@/lib/web/page';

interface Props {
  params: Promise<{ name: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const name = decodeURIComponent((await params).name);
  return { title: { default: name, template: `${name} · %s` } };
}

/** A console in a tab of its own: live, and nothing around it. */
export default async function PopOutLayout({ children }: { children: ReactNode }) {
  await requirePage();
  return (
    <LiveProvider initial={vmm().live.snapshot()}>
      <PendingVerbsProvider>
        <main className="h-dvh">{children}</main>
      </PendingVerbsProvider>
    </LiveProvider>
  );
}
