'use client';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useState, type ReactNode } from 'react';
import { PATHS, tabLabel, VM_TABS, vmPath, withVmName } from '@/lib/shared/paths';
import type { VmView } from '@/lib/shared/vm';
import { useVm, useVmById } from '../live/live-hooks';
import { EmptyState } from '../ui/EmptyState';
import { ButtonLink } from '../ui/Link';
import { LinkTabs } from '../ui/Tabs';
import { VmHead } from './VmHead';

/** The VM of an address. It is followed by its id, so that a rename (by anybody) leads to the new address. */
function useVmOfAddress(name: string): VmView | undefined {
  const named = useVm(name);
  const [id, setId] = useState(named?.id ?? '');
  if (named && named.id !== id) setId(named.id);
  const known = useVmById(id);
  const router = useRouter();
  const path = usePathname();
  const newName = !named && known ? known.name : null;
  useEffect(() => {
    if (newName) router.replace(withVmName(path, newName));
  }, [newName, path, router]);
  return named ?? known;
}

/** Head and tabs of one VM around its pages. A page may fill the rest (`h-full`) or be longer and scroll. */
export function VmFrame({ name, children }: { name: string; children: ReactNode }) {
  const vm = useVmOfAddress(name);
  if (!vm) return <NoSuchVm name={name} />;
  return (
    <div className="flex h-full flex-col">
      <VmHead vm={vm} />
      <LinkTabs
        label={`Pages of ${vm.name}`}
        className="shrink-0 px-3 md:px-5"
        tabs={VM_TABS.map((tab) => ({ href: vmPath(vm.name, tab), label: tabLabel(tab) }))}
      />
      <div className="min-h-0 flex-1 overflow-auto">{children}</div>
    </div>
  );
}

function NoSuchVm({ name }: { name: string }) {
  return (
    <EmptyState
      isPage
      title={`There is no ${name}`}
      actions={<ButtonLink href={PATHS.vms}>All virtual machines</ButtonLink>}
    >
      It was deleted, or the address is wrong.
    </EmptyState>
  );
}
