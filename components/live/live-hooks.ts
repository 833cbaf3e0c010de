'use client';

/** The live state for components. Each hook redraws its component only when its own part changed. */
import { useContext, useMemo, useSyncExternalStore } from 'react';
import type { LibraryFile, VmEvent } from '@/lib/shared/events';
import type { HostView, LiveStats } from '@/lib/shared/host';
import type { FolderView, TagView } from '@/lib/shared/organise';
import type { TaskView } from '@/lib/shared/task';
import type { TrashState } from '@/lib/shared/trash';
import type { VmView } from '@/lib/shared/vm';
import { LiveContext } from './LiveProvider';
import { mergeEvents, type ConnectionState, type LiveState, type LiveStore } from './live-store';

const NO_EVENTS: readonly VmEvent[] = [];

function useLiveStore(): LiveStore {
  const store = useContext(LiveContext);
  if (!store) throw new Error('This component needs a LiveProvider above it.');
  return store;
}

/** One part of the live state. `select` must return the same object while nothing changed. */
export function useLive<T>(select: (state: LiveState) => T): T {
  const store = useLiveStore();
  const read = () => select(store.getState());
  return useSyncExternalStore(store.subscribe, read, read);
}

/** All VMs, sorted by name. */
export const useVms = (): readonly VmView[] => useLive((state) => state.vms);

/** One VM by name; undefined when there is none (deleted, or renamed by somebody). */
export const useVm = (name: string): VmView | undefined => useLive((state) => state.byName.get(name));

/** One VM by id, which survives a rename. */
export const useVmById = (id: string): VmView | undefined => useLive((state) => state.byId.get(id));

export const useHost = (): HostView => useLive((state) => state.host);

export const useLibrary = (): readonly LibraryFile[] => useLive((state) => state.library);

/** All tasks that are kept, newest first. */
export const useTasks = (): readonly TaskView[] => useLive((state) => state.tasks);

/** All folders of the list of VMs. */
export const useFolders = (): readonly FolderView[] => useLive((state) => state.folders);

/** All tags with their colours, sorted by name. */
export const useTags = (): readonly TagView[] => useLive((state) => state.tags);

/** What waits in the trash, and for how long. */
export const useTrash = (): TrashState => useLive((state) => state.trash);

/** CPU, memory and disk now; null before the first sample. */
export const useStats = (): LiveStats | null => useLive((state) => state.stats);

/** One running VM's CPU and memory now. */
export const useVmStats = (id: string): LiveStats['vms'][string] | undefined =>
  useLive((state) => state.stats?.vms[id]);

export const useConnection = (): ConnectionState => useLive((state) => state.connection);

/** True when the server was replaced by another build than the one that made this page. */
export const useOutdated = (): boolean => useLive((state) => state.outdated);

/**
 * A VM's events, newest first: those the page was delivered with and those that came since.
 *
 * @param initial from `vmm().vms.events(…)`
 */
export function useVmEvents(vmId: string, initial: readonly VmEvent[] = NO_EVENTS): readonly VmEvent[] {
  const came = useLive((state) => state.vmEvents.get(vmId)) ?? NO_EVENTS;
  return useMemo(() => mergeEvents(came, initial), [came, initial]);
}
