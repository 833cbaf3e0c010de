/**
 * What the browser knows about the world: the last snapshot and what came after it.
 *
 *   page (SSR) ──initial──▶ LiveState ◀──applyEvent── /ws/events
 *                              │
 *                 LiveStore.subscribe ──▶ hooks: each takes its own part and sleeps through the rest
 *
 * Everything here is immutable: a part that did not change keeps its identity, so a row of the list is drawn
 * again only when its own VM changed.
 */
import type { LibraryFile, LiveSnapshot, ServerEvent, VmEvent } from '@/lib/shared/events';
import type { HostView, LiveStats } from '@/lib/shared/host';
import type { FolderView, TagView } from '@/lib/shared/organise';
import type { TaskView } from '@/lib/shared/task';
import type { TrashState } from '@/lib/shared/trash';
import type { VmView } from '@/lib/shared/vm';

/** How the page is connected to the server. `lost` means that what the page shows may be old. */
export type ConnectionState = 'connecting' | 'live' | 'lost' | 'signed-out';

export interface LiveState {
  rev: number;
  /** The build that made this page. */
  build: string;
  /** The server is of another build than this page. */
  outdated: boolean;
  connection: ConnectionState;
  /** Sorted by name. */
  vms: readonly VmView[];
  byName: ReadonlyMap<string, VmView>;
  byId: ReadonlyMap<string, VmView>;
  host: HostView;
  library: readonly LibraryFile[];
  /** Newest first. */
  tasks: readonly TaskView[];
  folders: readonly FolderView[];
  /** Sorted by name. */
  tags: readonly TagView[];
  trash: TrashState;
  stats: LiveStats | null;
  /** Events that came while the page was open, newest first, by VM id. */
  vmEvents: ReadonlyMap<string, readonly VmEvent[]>;
}

/** Events kept per VM; older ones are on the server. */
export const KEPT_EVENTS = 200;

const compareNames = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;

function withVms(vms: Iterable<VmView>): Pick<LiveState, 'vms' | 'byName' | 'byId'> {
  const sorted = [...vms].sort((a, b) => compareNames(a.name, b.name));
  return {
    vms: sorted,
    byName: new Map(sorted.map((vm) => [vm.name, vm])),
    byId: new Map(sorted.map((vm) => [vm.id, vm])),
  };
}

/** The state of a page that has just been delivered with its snapshot. */
export function initialState(snapshot: LiveSnapshot): LiveState {
  return {
    rev: snapshot.rev,
    build: snapshot.build,
    outdated: false,
    connection: 'connecting',
    ...withVms(snapshot.vms),
    host: snapshot.host,
    library: snapshot.library,
    tasks: snapshot.tasks,
    folders: snapshot.folders,
    tags: snapshot.tags,
    trash: snapshot.trash,
    stats: snapshot.stats,
    vmEvents: new Map(),
  };
}

/** The old object when it says the same, so that a snapshot after a reconnect redraws only what changed. */
function keepIdentity<T>(old: T | undefined, fresh: T): T {
  return old !== undefined && JSON.stringify(old) === JSON.stringify(fresh) ? old : fresh;
}

function applySnapshot(state: LiveState, snapshot: LiveSnapshot): LiveState {
  return {
    ...state,
    rev: snapshot.rev,
    outdated: snapshot.build !== state.build,
    ...withVms(snapshot.vms.map((vm) => keepIdentity(state.byId.get(vm.id), vm))),
    host: keepIdentity(state.host, snapshot.host),
    library: keepIdentity(state.library, snapshot.library),
    tasks: withTasks(state.tasks, snapshot.tasks),
    folders: keepIdentity(state.folders, snapshot.folders),
    tags: keepIdentity(state.tags, snapshot.tags),
    trash: keepIdentity(state.trash, snapshot.trash),
    stats: snapshot.stats ?? state.stats,
  };
}

function addVmEvent(state: LiveState, vmId: string, event: VmEvent): LiveState {
  const known = state.vmEvents.get(vmId) ?? [];
  return {
    ...state,
    vmEvents: new Map(state.vmEvents).set(vmId, mergeEvents([event], known).slice(0, KEPT_EVENTS)),
  };
}

/** The state after one message of the server. Returns the same object when the message is old or says nothing. */
export function applyEvent(state: LiveState, event: ServerEvent): LiveState {
  if (event.type === 'snapshot') return applySnapshot(state, event);
  if (event.type === 'stats') return { ...state, stats: event.stats };
  if (event.type === 'vm-event') return addVmEvent(state, event.vmId, event.event);
  if (event.type === 'alive') return state;
  if (event.rev <= state.rev) return state;
  const next = { ...state, rev: event.rev };
  switch (event.type) {
    case 'vm':
      return { ...next, ...withVms(new Map(state.byId).set(event.vm.id, event.vm).values()) };
    case 'vm-gone':
      return withoutVm(next, event.id);
    case 'host':
      return { ...next, host: event.host };
    case 'library':
      return { ...next, library: event.library };
    case 'trash':
      return { ...next, trash: event.trash };
    case 'task':
      return { ...next, tasks: withTask(state.tasks, event.task) };
    case 'organised':
      return {
        ...next,
        folders: keepIdentity(state.folders, event.folders),
        tags: keepIdentity(state.tags, event.tags),
      };
    case 'task-gone':
      return { ...next, tasks: state.tasks.filter((task) => task.id !== event.id) };
  }
}

/** Its events go with it: restored from the trash it gets new ones. */
function withoutVm(state: LiveState, id: string): LiveState {
  const vmEvents = new Map(state.vmEvents);
  vmEvents.delete(id);
  return { ...state, ...withVms(state.vms.filter((vm) => vm.id !== id)), vmEvents };
}

/** Each task that says the same keeps its identity. */
function withTasks(old: readonly TaskView[], fresh: readonly TaskView[]): readonly TaskView[] {
  const byId = new Map(old.map((task) => [task.id, task]));
  return fresh.map((task) => keepIdentity(byId.get(task.id), task));
}

function withTask(tasks: readonly TaskView[], task: TaskView): readonly TaskView[] {
  const isKnown = tasks.some(({ id }) => id === task.id);
  return isKnown ? tasks.map((known) => (known.id === task.id ? task : known)) : [task, ...tasks];
}

/** Two lists of one VM's events as one, newest first, each event once. */
export function mergeEvents(a: readonly VmEvent[], b: readonly VmEvent[]): VmEvent[] {
  const byId = new Map([...b, ...a].map((event) => [event.id, event]));
  return [...byId.values()].sort((x, y) => y.id - x.id);
}

/** Holds the state and tells its readers when it changed. */
export class LiveStore {
  #state: LiveState;
  readonly #listeners = new Set<() => void>();

  constructor(snapshot: LiveSnapshot) {
    this.#state = initialState(snapshot);
  }

  readonly getState = (): LiveState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  apply(event: ServerEvent): void {
    this.#set(applyEvent(this.#state, event));
  }

  setConnection(connection: ConnectionState): void {
    if (connection !== this.#state.connection) this.#set({ ...this.#state, connection });
  }

  #set(next: LiveState): void {
    if (next === this.#state) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}
