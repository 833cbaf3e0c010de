/**
 * What the events socket (`/ws/events`) tells a browser.
 *
 *   connect ──▶ {snapshot, rev 7, …}      replaces everything
 *           ──▶ {vm, rev 8, vm}           one whole VM
 *           ──▶ {vm-gone, rev 9, id}
 *           ──▶ {stats, stats}            no rev: the newest wins
 *           ──▶ {alive}                   every 5 s: silence means that the line is dead
 *
 * A message with a lower rev than the last one is ignored. A new connection starts with a new snapshot.
 */
import type { HostView, LiveStats } from './host';
import type { FolderView, TagView } from './organise';
import type { IsoFacts } from './iso-facts';
import type { TaskView } from './task';
import type { TrashState } from './trash';
import type { VmView } from './vm';

export interface LibraryFile {
  /** What VMs call it: its name, or `folder/name` in a folder that was added. */
  ref: string;
  /** The added folder it lies in, null for the home's own. */
  folder: string | null;
  name: string;
  sizeBytes: number;
  modifiedAt: string;
  /** By content, not by name. `other` is neither an ISO nor a disk image that Skep takes. */
  kind: 'iso' | 'qcow2' | 'raw' | 'other';
  /** For `iso`: the volume label. For `qcow2`: null. */
  label: string | null;
  /** For disk images: the size the guest sees. */
  virtualBytes: number | null;
  /** What a CD or DVD image says of itself; null for all else. */
  facts: IsoFacts | null;
  /** Why it cannot be used, as a sentence, or null. */
  refusal: string | null;
  /** Of the whole content, in hex; null while nobody has counted it. */
  sha256: string | null;
  /** Names of the VMs that have it in a drive, or run with it there. */
  usedBy: string[];
}

/** A line of a VM's event list. */
export interface VmEvent {
  id: number;
  at: string;
  kind: 'info' | 'warning' | 'error';
  message: string;
  details: string | null;
  /** Name of the user who asked for it, null when nobody did. */
  actor: string | null;
}

export interface LiveSnapshot {
  rev: number;
  /** Changes with each build of Skep: a tab of an older build asks to reload. */
  build: string;
  vms: VmView[];
  host: HostView;
  library: LibraryFile[];
  /** Newest first. */
  tasks: TaskView[];
  folders: FolderView[];
  /** Sorted by name. */
  tags: TagView[];
  trash: TrashState;
  stats: LiveStats | null;
}

export type ServerEvent =
  | ({ type: 'snapshot' } & LiveSnapshot)
  | { type: 'vm'; rev: number; vm: VmView }
  | { type: 'vm-gone'; rev: number; id: string }
  | { type: 'host'; rev: number; host: HostView }
  | { type: 'library'; rev: number; library: LibraryFile[] }
  | { type: 'task'; rev: number; task: TaskView }
  | { type: 'task-gone'; rev: number; id: string }
  | { type: 'organised'; rev: number; folders: FolderView[]; tags: TagView[] }
  | { type: 'trash'; rev: number; trash: TrashState }
  | { type: 'vm-event'; vmId: string; event: VmEvent }
  | { type: 'stats'; stats: LiveStats }
  | { type: 'alive' };

/** Close codes of Skep's own sockets (4000 to 4999 are for applications). */
export const CLOSE = {
  signedOut: 4401,
  forbidden: 4403,
  notFound: 4404,
  tooMany: 4429,
  /** The VM behind the console stopped. */
  vmStopped: 4410,
  slow: 4408,
  badMessage: 4400,
  /** Another program holds the console. */
  busy: 4423,
} as const;

/** What a ticket opens. */
export type SocketKind = 'events' | 'vnc' | 'serial';
