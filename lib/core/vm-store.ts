/** Definitions in the database: rows in, checked definitions out. A row that cannot be read becomes a problem, not an error. */
import type { PrismaClient, Vm as VmRow } from '../generated/prisma/client';
import { AppError } from '../shared/errors';
import { vmSpec, vmTags, type VmAutostart, type VmSpec, type VmView } from '../shared/vm';

export interface VmDefinition {
  id: string;
  name: string;
  revision: number;
  spec: VmSpec;
  notes: string;
  autostart: VmAutostart;
  folderId: string | null;
  /** Sorted. */
  tags: string[];
  isProtected: boolean;
  createdAt: Date;
  problem: VmView['problem'];
}

/** Stands in for a spec that cannot be read, so that the VM can be listed. */
const UNREADABLE: VmSpec = {
  version: 1,
  system: 'other',
  architecture: 'x86_64',
  machine: { type: 'q35', version: null },
  firmware: { kind: 'bios' },
  accelerator: 'auto',
  cpu: { count: 1 },
  memoryMiB: 16,
  boot: { order: [] },
  devices: [],
};

export class VmStore {
  constructor(private readonly db: PrismaClient) {}

  async list(): Promise<VmDefinition[]> {
    return (await this.db.vm.findMany({ orderBy: { name: 'asc' } })).map(toDefinition);
  }

  async insert(vm: Omit<VmDefinition, 'revision' | 'createdAt' | 'problem'>): Promise<VmDefinition> {
    const { id, name, notes, folderId, isProtected } = vm;
    const texts = { spec: JSON.stringify(vm.spec), tags: JSON.stringify(vm.tags) };
    const data = { id, name, notes, folderId, isProtected, ...texts, ...autostartColumns(vm.autostart) };
    return unique(name, async () => toDefinition(await this.db.vm.create({ data })));
  }

  /** Writes a changed definition and counts its revision up. */
  async update(
    id: string,
    change: Partial<Pick<VmDefinition, 'name' | 'spec' | 'notes' | 'autostart' | 'folderId' | 'tags' | 'isProtected'>>,
  ): Promise<VmDefinition> {
    const data = {
      name: change.name,
      notes: change.notes,
      folderId: change.folderId,
      tags: change.tags && JSON.stringify(change.tags),
      isProtected: change.isProtected,
      spec: change.spec && JSON.stringify(change.spec),
      ...(change.autostart && autostartColumns(change.autostart)),
      revision: { increment: 1 },
    };
    return unique(change.name ?? '', async () => toDefinition(await this.db.vm.update({ where: { id }, data })));
  }

  /** Writes where a VM stands in the list; that is no change of its definition. A VM that is being made has no row yet. */
  async place(id: string, { folderId, tags }: { folderId?: string | null; tags?: string[] }): Promise<void> {
    await this.db.vm.updateMany({ where: { id }, data: { folderId, tags: tags && JSON.stringify(tags) } });
  }

  async delete(id: string): Promise<void> {
    await this.db.vm.deleteMany({ where: { id } });
  }
}

function autostartColumns(autostart: VmAutostart) {
  return {
    autostart: autostart.enabled,
    autostartOrder: autostart.order,
    autostartDelaySeconds: autostart.delaySeconds,
  };
}

/** A row as a definition. A spec that cannot be read becomes a problem. */
export function toDefinition(row: Omit<VmRow, 'updatedAt'>): VmDefinition {
  const { spec, problem } = readSpec(row.spec);
  return {
    id: row.id,
    name: row.name,
    revision: row.revision,
    spec,
    notes: row.notes,
    autostart: { enabled: row.autostart, order: row.autostartOrder, delaySeconds: row.autostartDelaySeconds },
    folderId: row.folderId,
    tags: readTags(row.tags),
    isProtected: row.isProtected,
    createdAt: row.createdAt,
    problem,
  };
}

/** Tags that cannot be read are none: they must not hide a VM. */
function readTags(json: string): string[] {
  try {
    return vmTags.parse(JSON.parse(json));
  } catch {
    return [];
  }
}

function readSpec(json: string): { spec: VmSpec; problem: VmView['problem'] } {
  const unreadable = (details: string) => ({
    spec: UNREADABLE,
    problem: {
      message: 'The definition of this VM cannot be read. Its disks are untouched; a newer Skep may have written it.',
      details,
    },
  });
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (error) {
    return unreadable(String(error));
  }
  const parsed = vmSpec.safeParse(data);
  if (parsed.success) return { spec: parsed.data, problem: null };
  return unreadable(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'));
}

async function unique<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if ((error as { code?: unknown }).code === 'P2002')
      throw new AppError('already_exists', `There is already a VM named ${name}. Choose another name.`);
    throw error;
  }
}
