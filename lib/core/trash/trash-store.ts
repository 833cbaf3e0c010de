/** The trash in the database: one row for each thing that lies there. */
import { relative, resolve } from 'node:path';
import type { PrismaClient, TrashItem as TrashRow } from '../../generated/prisma/client';
import { toDefinition, type VmDefinition } from '../vm-store';
import { trashItem, vmPayload, type PlacedItem, type TrashItem, type TrashPayloadOf } from './trash-item';

export class TrashStore {
  /** @param root `HomePaths.root`: what lies below it is kept relative, so that a home can be moved */
  constructor(
    private readonly db: PrismaClient,
    private readonly root: string,
  ) {}

  /** All that can be read, newest first. One bad row does not hide the others. */
  async list(): Promise<PlacedItem[]> {
    const rows = await this.db.trashItem.findMany({ orderBy: { deletedAt: 'desc' } });
    return rows.flatMap((row) => this.toItem(row) ?? []);
  }

  async insert(item: PlacedItem): Promise<void> {
    await this.db.trashItem.create({ data: this.toColumns(item) });
  }

  async delete(id: string): Promise<void> {
    await this.db.trashItem.deleteMany({ where: { id } });
  }

  /** What a VM's restore needs, or null for a VM that never got a row. */
  async readVm(vmId: string): Promise<TrashPayloadOf<'vm'> | null> {
    const row = await this.db.vm.findUnique({ where: { id: vmId }, include: { events: { orderBy: { id: 'asc' } } } });
    if (!row) return null;
    const events = row.events.map(({ at, kind, message, details, actor }) => ({ at, kind, message, details, actor }));
    // The schema leaves out what a restore gives anew: the name, the time of the change.
    return vmPayload.parse({ kind: 'vm', vm: row, events });
  }

  async hasVm(vmId: string): Promise<boolean> {
    return (await this.db.vm.count({ where: { id: vmId } })) > 0;
  }

  /** A VM becomes an item, in one step. */
  async swapVmForItem(item: PlacedItem, vmId: string): Promise<void> {
    await this.db.$transaction([
      this.db.trashItem.create({ data: this.toColumns(item) }),
      this.db.vm.delete({ where: { id: vmId } }),
    ]);
  }

  /** An item becomes a VM again, in one step. A folder of the list that is gone meanwhile is forgotten. */
  async swapItemForVm(itemId: string, { vm, events }: TrashPayloadOf<'vm'>, name: string): Promise<VmDefinition> {
    const folder = vm.folderId && (await this.db.vmFolder.findUnique({ where: { id: vm.folderId } }));
    const [row] = await this.db.$transaction([
      this.db.vm.create({ data: { ...vm, name, folderId: folder ? folder.id : null } }),
      this.db.vmEvent.createMany({ data: events.map((event) => ({ ...event, vmId: vm.id })) }),
      this.db.trashItem.deleteMany({ where: { id: itemId } }),
    ]);
    return toDefinition(row);
  }

  /** Folders that an administrator added to the library, by name. */
  async libraryFolders(): Promise<Map<string, string>> {
    const rows = await this.db.libraryFolder.findMany({ select: { name: true, path: true } });
    return new Map(rows.map(({ name, path }) => [name, path]));
  }

  private toColumns(item: PlacedItem) {
    const { id, name, sizeBytes, deletedAt, deletedBy, keepDays, payload, place } = item;
    const inHome = relative(this.root, place);
    return {
      id,
      kind: payload.kind,
      name,
      payload: JSON.stringify({ keepDays, payload }),
      path: inHome.startsWith('..') ? place : inHome,
      sizeBytes: BigInt(sizeBytes),
      deletedAt,
      deletedBy,
    };
  }

  private toItem(row: TrashRow): PlacedItem | null {
    const { id, name, deletedAt, deletedBy } = row;
    const read = trashItem.safeParse({
      ...readObject(row.payload),
      id,
      name,
      deletedAt,
      deletedBy,
      sizeBytes: Number(row.sizeBytes),
    } satisfies Partial<Record<keyof TrashItem, unknown>>);
    if (!read.success) console.error(`skep: ${name} in the trash cannot be read, and is left there.`);
    return read.success ? { ...read.data, place: resolve(this.root, row.path) } : null;
  }
}

function readObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
