/**
 * Numbered snapshots to whoever listens. Changes of one VM within a turn of the event loop become one message;
 * every message carries the whole object, so a listener that missed some loses nothing.
 */
import type { LibraryFile, LiveSnapshot, ServerEvent, VmEvent } from '../shared/events';
import type { HostView, LiveStats } from '../shared/host';
import type { FolderView, TagView } from '../shared/organise';
import type { TaskView } from '../shared/task';
import type { TrashState } from '../shared/trash';
import type { VmView } from '../shared/vm';
import type { LiveService } from './types';

export interface PublisherSources {
  build: string;
  vms(): VmView[];
  vm(id: string): VmView | undefined;
  host(): HostView;
  library(): LibraryFile[];
  tasks(): TaskView[];
  folders(): FolderView[];
  tags(): TagView[];
  trash(): TrashState;
  stats(): LiveStats | null;
  /** Somebody watches, or nobody does any more. */
  onWatched(watched: boolean): void;
}

export class Publisher implements LiveService {
  private rev = 1;
  private readonly listeners = new Set<(event: ServerEvent) => void>();
  private readonly dirty = new Set<string>();
  private flushing = false;

  constructor(private readonly sources: PublisherSources) {}

  snapshot(): LiveSnapshot {
    const { build, vms, host, library, tasks, trash, folders, tags, stats } = this.sources;
    return {
      rev: this.rev,
      build,
      vms: vms(),
      host: host(),
      library: library(),
      tasks: tasks(),
      folders: folders(),
      tags: tags(),
      trash: trash(),
      stats: stats(),
    };
  }

  subscribe(listener: (event: ServerEvent) => void): () => void {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.sources.onWatched(true);
    listener({ type: 'snapshot', ...this.snapshot() });
    return () => {
      if (this.listeners.delete(listener) && this.listeners.size === 0) this.sources.onWatched(false);
    };
  }

  vmChanged(id: string): void {
    this.dirty.add(id);
    if (this.flushing) return;
    this.flushing = true;
    setImmediate(() => this.flush());
  }

  hostChanged(): void {
    this.emit({ type: 'host', rev: ++this.rev, host: this.sources.host() });
  }

  libraryChanged(): void {
    this.emit({ type: 'library', rev: ++this.rev, library: this.sources.library() });
  }

  taskChanged(task: TaskView): void {
    this.emit({ type: 'task', rev: ++this.rev, task });
  }

  taskGone(id: string): void {
    this.emit({ type: 'task-gone', rev: ++this.rev, id });
  }

  organised(): void {
    const { folders, tags } = this.sources;
    this.emit({ type: 'organised', rev: ++this.rev, folders: folders(), tags: tags() });
  }

  trashChanged(): void {
    this.emit({ type: 'trash', rev: ++this.rev, trash: this.sources.trash() });
  }

  vmEvent(vmId: string, event: VmEvent): void {
    this.emit({ type: 'vm-event', vmId, event });
  }

  statsSampled(stats: LiveStats): void {
    this.emit({ type: 'stats', stats });
  }

  private flush(): void {
    this.flushing = false;
    const ids = [...this.dirty];
    this.dirty.clear();
    for (const id of ids) {
      const vm = this.sources.vm(id);
      const rev = ++this.rev;
      this.emit(vm ? { type: 'vm', rev, vm } : { type: 'vm-gone', rev, id });
    }
  }

  private emit(event: ServerEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
