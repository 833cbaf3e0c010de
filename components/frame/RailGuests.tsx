'use client';
import NextLink from 'next/link';
import { usePathname } from 'next/navigation';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import {
  Link as AriaLink,
  ListLayout,
  NavigationTree,
  NavigationTreeItem,
  NavigationTreeItemContent,
  Virtualizer,
} from 'react-aria-components';
import { vmNameOf, vmPath } from '@/lib/shared/paths';
import type { VmView } from '@/lib/shared/vm';
import { useVms } from '../live/live-hooks';
import { cx } from '../ui/cx';
import { StatusMark } from '../ui/StatusMark';
import { FilterField } from '../ui/TextField';
import { Tooltip } from '../ui/Tooltip';
import { useShownStatus } from '../vms/pending-verbs';

const ROW_PX = 30;
/** Up to here all rows are drawn: they are in the first paint. Beyond, only those in sight. */
const VIRTUAL_FROM = 100;
/** Fewer guests than this are found by looking. */
const FILTER_FROM = 8;

/** The guests in the rail: mark and name, filtered while one types. */
export function RailGuests({ isFolded }: { isFolded: boolean }) {
  const vms = useDeferredValue(useVms());
  const [filter, setFilter] = useState('');
  const needle = useDeferredValue(filter.trim().toLowerCase());
  const shown = useMemo(() => vms.filter((vm) => vm.name.toLowerCase().includes(needle)), [vms, needle]);
  const isFiltered = !isFolded && vms.length >= FILTER_FROM;
  return (
    <div className="mt-2 flex min-h-0 flex-1 flex-col">
      {isFiltered && (
        <FilterField
          label="Filter guests"
          placeholder="Filter guests"
          value={filter}
          onChange={setFilter}
          className="mx-2 mb-1"
        />
      )}
      {shown.length > 0 ? (
        <GuestTree vms={shown} isFolded={isFolded} />
      ) : (
        !isFolded && (
          <p className="px-4 py-1 text-sm text-muted">{needle ? 'No guest has that name.' : 'No guests yet.'}</p>
        )
      )}
    </div>
  );
}

const GuestTree = memo(function GuestTree({ vms, isFolded }: { vms: readonly VmView[]; isFolded: boolean }) {
  const name = vmNameOf(usePathname());
  const tree = (
    <NavigationTree
      aria-label="Guests"
      items={vms}
      dependencies={[isFolded]}
      selectedRoute={name === null ? null : vmPath(name)}
      className="min-h-0 flex-1 overflow-auto px-2 pb-2 outline-none"
    >
      {(vm: VmView) => <GuestItem vm={vm} isFolded={isFolded} />}
    </NavigationTree>
  );
  if (vms.length < VIRTUAL_FROM) return tree;
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW_PX }}>
      {tree}
    </Virtualizer>
  );
});

function GuestItem({ vm, isFolded }: { vm: VmView; isFolded: boolean }) {
  return (
    <NavigationTreeItem
      id={vm.id}
      textValue={vm.name}
      href={vmPath(vm.name)}
      className={({ isCurrent, isFocusVisible }) =>
        cx(
          'rounded-md outline-none hover:bg-hover',
          isCurrent && 'bg-selected! font-medium',
          isFocusVisible && 'outline-focus -outline-offset-2!',
        )
      }
    >
      <NavigationTreeItemContent>
        <GuestLink vm={vm} isFolded={isFolded} />
      </NavigationTreeItemContent>
    </NavigationTreeItem>
  );
}

function GuestLink({ vm, isFolded }: { vm: VmView; isFolded: boolean }) {
  const { kind, word } = useShownStatus(vm);
  const link = (
    <AriaLink
      {...(isFolded ? { 'aria-label': `${vm.name}, ${word}` } : {})}
      render={(props) =>
        'href' in props ? <NextLink {...props} href={vmPath(vm.name)} prefetch={false} /> : <span {...props} />
      }
      className={cx(
        'flex h-7.5 items-center gap-2.5 outline-none pointer-coarse:h-10',
        isFolded ? 'justify-center' : 'px-2',
      )}
    >
      <StatusMark kind={kind} label={isFolded ? undefined : word} />
      {isFolded ? <span className="sr-only">{vm.name}</span> : <span className="truncate">{vm.name}</span>}
    </AriaLink>
  );
  return isFolded ? (
    <Tooltip text={`${vm.name}, ${word.toLowerCase()}`} placement="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}
