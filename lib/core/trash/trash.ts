/**
 * The trash: what was deleted waits there, and comes back as it was.
 *
 *   put       note (item.json) ─▶ rename into the trash ─▶ row (a VM's own row goes in the same transaction)
 *   restore   rename back ─▶ row away (a VM's own row comes in the same transaction) ─▶ note away
 *   purge     rename to .purged- ─▶ bytes ─▶ row
 *
 * Whatever a kill cuts in two is made whole at the next start (`sweep.ts`): nothing is lost, nothing is there twice.
 */
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { AppError, errnoOf } from '../../shared/errors';
import { parse } from '../../shared/parse';
import { trashIds, type RestoredView, type TrashState, type TrashView } from '../../shared/trash';
import { inBackground } from '../background';
import type { EventLog } from '../event-log';
import type { TaskStarter } from '../tasks/tasks';
import type { Actor, HomePaths, TrashService } from '../types';
import type { TaskView } from '../../shared/task';
import type { VmEntry } from '../vm-entry';
import type { Restorer } from './restore';
import { sweepTrash } from './sweep';
import { bytesOf, contentOf, exists, move, purgeFiles, stage, toTrashError, unstage } from './trash-files';
import { expiryOf, type PlacedItem, type TrashItem, type TrashPayload } from './trash-item';
import type { TrashStore } from './trash-store';

const PURGE_EVERY_MS = 60 * 60 * 1000;

export interface TrashDeps {
  home: HomePaths;
  store: TrashStore;
  log: EventLog;
  restorer: Restorer;
  /** Starts the task that deletes items for good. */
  startEmptying: TaskStarter<{ ids: string[] }>;
  keepDays(): number;
  onChange(): void;
}

/** Where something is and what it is, so that it can be put into the trash. */
interface Doomed {
  name: string;
  payload: TrashPayload;
  from: string;
  trashFolder: string;
  /** Writes the row. */
  record(item: PlacedItem): Promise<void>;
}

export class Trash implements TrashService {
  private items: PlacedItem[] = [];
  private readonly busy = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly deps: TrashDeps) {}

  /** Makes whole what a kill cut in two. Call it before the VMs are read. */
  async open(): Promise<void> {
    const { store, home } = this.deps;
    await sweepTrash(store, home);
    this.items = await store.list();
  }

  /** Deletes for good what is due, now and each hour. */
  follow(): void {
    const purge = () => inBackground(this.purgeExpired(new Date()), 'emptying the trash of what is due');
    purge();
    this.timer = setInterval(purge, PURGE_EVERY_MS);
    this.timer.unref();
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** False when what is deleted goes at once. */
  get isKeeping(): boolean {
    return this.deps.keepDays() > 0;
  }

  state(): TrashState {
    return { keepDays: this.deps.keepDays(), items: this.items.map(toView) };
  }

  get(id: string): TrashView {
    return toView(this.find(id));
  }

  /** A VM that is off, with all that is in its folder. @returns null when it has no row yet */
  async putVm(actor: Actor, { definition: { id, name }, machine }: VmEntry): Promise<TrashView | null> {
    const { store, log, home } = this.deps;
    await log.settled();
    const payload = await store.readVm(id);
    if (!payload) return null;
    payload.events.push({ at: new Date(), kind: 'info', message: 'Deleted.', details: null, actor: actor.name });
    const record = (item: PlacedItem) => store.swapVmForItem(item, id);
    return this.put(actor, { name, payload, from: machine.folder, trashFolder: home.trash, record });
  }

  /** A disk file that no device uses. `from` is its path. */
  putDisk(actor: Actor, { definition }: VmEntry, file: string, from: string): Promise<TrashView> {
    const { store, home } = this.deps;
    const payload = { kind: 'disk' as const, vmId: definition.id, vmName: definition.name, file };
    const record = (item: PlacedItem) => store.insert(item);
    return this.put(actor, { name: file, payload, from, trashFolder: home.trash, record });
  }

  async restore(actor: Actor, id: string): Promise<RestoredView> {
    const item = this.find(id);
    const restored = await this.alone(item, () => this.deps.restorer.restore(actor, item));
    this.forget(id);
    await unstage(item.place).catch(() => undefined); // the next start does it
    console.log(`skep: ${actor.name} restored ${item.name} from the trash`);
    return restored;
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const item = this.find(id);
    await this.purge(item);
    console.log(`skep: ${actor.name} deleted ${item.name} for good`);
  }

  async empty(actor: Actor, ids: string[]): Promise<TaskView> {
    const wanted = parse(trashIds, ids);
    for (const id of wanted) this.find(id);
    return this.deps.startEmptying(actor, { ids: wanted });
  }

  /** Deletes these for good; those that are gone already are passed over. */
  async purgeAll(ids: readonly string[], onDone: (bytes: number) => void, signal: AbortSignal): Promise<void> {
    for (const id of ids) {
      signal.throwIfAborted();
      const item = this.items.find((candidate) => candidate.id === id);
      if (item) await this.purge(item);
      onDone(item?.sizeBytes ?? 0);
    }
  }

  bytesOf(ids: readonly string[]): number {
    return this.items.filter(({ id }) => ids.includes(id)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  /** Deletes for good what is due at that time. One that fails does not keep the others. */
  async purgeExpired(now: Date): Promise<void> {
    for (const item of this.items.filter((candidate) => expiryOf(candidate) <= now)) {
      if (this.busy.has(item.id)) continue;
      await this.purge(item).catch((error: unknown) => console.error(`skep: ${String(error)}`));
    }
  }

  private async put(actor: Actor, doomed: Doomed): Promise<TrashView> {
    const { name, payload, from, trashFolder, record } = doomed;
    const item: TrashItem = {
      id: randomUUID(),
      name,
      sizeBytes: await bytesOf(from),
      deletedAt: new Date(),
      deletedBy: actor.name,
      keepDays: this.deps.keepDays(),
      payload,
    };
    const placed = await stage(trashFolder, item).catch((error: unknown) => {
      throw toTrashError(error, name);
    });
    try {
      await moveIn(from, placed);
      await record(placed);
    } catch (error) {
      if (await exists(contentOf(placed.place))) await move(contentOf(placed.place), from);
      await unstage(placed.place);
      throw toTrashError(error, name);
    }
    this.items = [placed, ...this.items];
    this.deps.onChange();
    console.log(`skep: ${actor.name} put ${name} into the trash`);
    return toView(placed);
  }

  private async purge(item: PlacedItem): Promise<void> {
    await this.alone(item, async () => {
      await purgeFiles(item.place).catch((error: unknown) => {
        throw new AppError('internal', `${item.name} could not be deleted for good, or not all of it. Try again.`, {
          details: String(error),
          cause: error,
        });
      });
      await this.deps.store.delete(item.id);
    });
    this.forget(item.id);
  }

  /** One thing at a time with one item. */
  private async alone<T>(item: PlacedItem, work: () => Promise<T>): Promise<T> {
    if (this.busy.has(item.id))
      throw new AppError('busy', `${item.name} is just being restored or deleted. Wait until that has ended.`);
    this.busy.add(item.id);
    try {
      return await work();
    } finally {
      this.busy.delete(item.id);
    }
  }

  private forget(id: string): void {
    this.items = this.items.filter((item) => item.id !== id);
    this.deps.onChange();
  }

  private find(id: string): PlacedItem {
    const item = this.items.find((candidate) => candidate.id === id);
    if (item) return item;
    throw new AppError('not_found', 'That is not in the trash any more.');
  }
}

/** A VM without a folder can be deleted too: an empty one stands for it. */
async function moveIn(from: string, { place, payload }: PlacedItem): Promise<void> {
  await move(from, contentOf(place)).catch(async (error: unknown) => {
    if (payload.kind !== 'vm' || errnoOf(error) !== 'ENOENT') throw error;
    await mkdir(contentOf(place), { mode: 0o700 });
  });
}

function toView(item: PlacedItem): TrashView {
  const { id, name, sizeBytes, deletedAt, deletedBy, payload } = item;
  const from = payload.kind === 'disk' ? payload.vmName : payload.kind === 'library' ? payload.folder : null;
  const times = { deletedAt: deletedAt.toISOString(), expiresAt: expiryOf(item).toISOString() };
  return { id, kind: payload.kind, name, from, sizeBytes, deletedBy, ...times };
}
