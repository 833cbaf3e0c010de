/** All VMs in memory, by id: the one place that knows which there are. One that cannot be read does not hide the others. */
import { AppError } from '../shared/errors';
import type { VmView } from '../shared/vm';
import { listDisks } from './disks';
import { Machine, type MachineContext } from './machine';
import { recover } from './recover';
import type { Operations } from './operations';
import { buildView, type VmEntry } from './vm-entry';
import type { VmDefinition } from './vm-store';

export class Registry {
  private readonly byId = new Map<string, VmEntry>();

  constructor(
    private readonly operations: Operations,
    private readonly context: MachineContext,
  ) {}

  add(definition: VmDefinition): VmEntry {
    const entry: VmEntry = { definition, machine: new Machine(definition.id, this.context), disks: [] };
    this.byId.set(definition.id, entry);
    return entry;
  }

  /** Takes a VM out. Its process, if one lives, is let go of. */
  drop(entry: VmEntry): void {
    entry.machine.detach();
    this.byId.delete(entry.definition.id);
    this.context.onChange(entry.definition.id);
  }

  /** Finds out what every VM does now, all at once. */
  async recover(): Promise<void> {
    await Promise.all(
      [...this.byId.values()].map(async (entry) => {
        await recover(entry.machine).catch((error: unknown) => {
          console.error(`skep: ${entry.definition.name} could not be looked at: ${String(error)}`);
        });
        await this.refreshDisks(entry);
      }),
    );
  }

  entries(): VmEntry[] {
    return [...this.byId.values()];
  }

  views(): VmView[] {
    return this.entries()
      .map((entry) => this.view(entry))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  view(entry: VmEntry): VmView {
    return buildView(entry, this.operations.find(entry.definition.id));
  }

  findById(id: string): VmEntry | undefined {
    return this.byId.get(id);
  }

  /** @throws AppError `not_found` */
  get(name: string): VmEntry {
    const entry = this.entries().find(({ definition }) => definition.name === name);
    if (entry) return entry;
    throw new AppError('not_found', `There is no VM named ${name}.`);
  }

  /** @throws AppError `already_exists` */
  requireFreeName(name: string): void {
    if (this.entries().some(({ definition }) => definition.name === name))
      throw new AppError('already_exists', `There is already a VM named ${name}. Choose another name.`, {
        fields: { name: 'Another VM has this name.' },
      });
  }

  /** Reads the sizes of a VM's disk files again; published when they changed. */
  async refreshDisks(entry: VmEntry): Promise<void> {
    const before = JSON.stringify(entry.disks);
    entry.disks = await listDisks(entry.machine.folder, entry.definition.spec);
    if (JSON.stringify(entry.disks) !== before) this.context.onChange(entry.definition.id);
  }

  /** The VMs that run, with the spec each runs with. */
  running(): { name: string; spec: VmView['spec'] }[] {
    return this.entries().flatMap(({ definition, machine }) =>
      machine.run && machine.facts.processAlive ? [{ name: definition.name, spec: machine.run.record.spec }] : [],
    );
  }
}
