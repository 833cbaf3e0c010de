'use client';
import { usePathname } from 'next/navigation';
import { memo, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { ListLayout, NavigationTree, TreeContext, Virtualizer } from 'react-aria-components';
import { vmNameOf, vmPath } from '@/lib/shared/paths';
import type { FolderView } from '@/lib/shared/organise';
import { useFolders, useVms } from '../live/live-hooks';
import { useDragVms } from '../organise/drag-vms';
import { FilterField } from '../ui/TextField';
import { useStored } from '../ui/use-stored';
import { RailItem } from './RailItem';
import { buildRail, type RailNode } from './rail-tree';

const ROW_PX = 30;
/** Up to here all rows are drawn: they are in the first paint. Beyond, only those in sight. */
const VIRTUAL_FROM = 100;
/** Fewer guests than this are found by looking. */
const FILTER_FROM = 8;

/** The guests in the rail: folders, then VMs with their marks, filtered while one types. */
export function RailGuests({ isFolded }: { isFolded: boolean }) {
  const vms = useDeferredValue(useVms());
  const folders = useFolders();
  const [filter, setFilter] = useState('');
  const needle = useDeferredValue(filter.trim().toLowerCase());
  // Folded to icons there is no room for folders.
  const nodes = useMemo(() => buildRail(vms, isFolded ? [] : folders, needle), [vms, folders, isFolded, needle]);
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
      {nodes.length > 0 ? (
        <GuestTree
          nodes={nodes}
          folders={folders}
          rowCount={vms.length + folders.length}
          isFolded={isFolded}
          isFiltered={needle !== ''}
        />
      ) : (
        !isFolded && (
          <p className="px-4 py-1 text-sm text-muted">{needle ? 'Nothing has that name.' : 'No guests yet.'}</p>
        )
      )}
    </div>
  );
}

const checkIds = (stored: unknown): string[] =>
  Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : [];

/** Which folders are open; the closed ones are remembered. While one filters, all are. */
function useOpenFolders(folders: readonly FolderView[], isFiltered: boolean) {
  const [closed, setClosed] = useStored('skep-closed-folders', checkIds);
  const open = useMemo(
    () => folders.map(({ id }) => id).filter((id) => isFiltered || !closed.includes(id)),
    [folders, closed, isFiltered],
  );
  const change = (keys: Set<unknown>) => {
    if (!isFiltered) setClosed(folders.map(({ id }) => id).filter((id) => !keys.has(id)));
  };
  return { open, change };
}

interface GuestTreeProps {
  nodes: readonly RailNode[];
  folders: readonly FolderView[];
  rowCount: number;
  isFolded: boolean;
  isFiltered: boolean;
}

const GuestTree = memo(function GuestTree({ nodes, folders, rowCount, isFolded, isFiltered }: GuestTreeProps) {
  const name = vmNameOf(usePathname());
  const { open, change } = useOpenFolders(folders, isFiltered);
  const folderOf = useCallback((key: string) => folders.find(({ id }) => id === key)?.id, [folders]);
  const dragAndDropHooks = useDragVms({ folderOf, hasRoot: true });
  const tree = (
    <TreeContext value={{ dragAndDropHooks }}>
      <NavigationTree
        aria-label="Guests"
        items={nodes}
        dependencies={[isFolded]}
        selectedRoute={name === null ? null : vmPath(name)}
        expandedKeys={open}
        onExpandedChange={change}
        className="min-h-0 flex-1 overflow-auto px-2 pb-2 outline-none drop-target:bg-selected"
      >
        {(node: RailNode) => <RailItem node={node} isFolded={isFolded} />}
      </NavigationTree>
    </TreeContext>
  );
  if (rowCount < VIRTUAL_FROM) return tree;
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW_PX }}>
      {tree}
    </Virtualizer>
  );
});
