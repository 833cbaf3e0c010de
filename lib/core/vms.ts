/**
 * The VMs as pages and routes see them: defined, changed, deleted, read. Running them is `power.ts`, their
 * processes are `machine.ts`.
 *
 *   create ──▶ folder ──▶ disks ──▶ row in the database ──▶ start       recorded last: half a VM is never seen
 *   remove ──▶ into the trash, or folder out of the way ──▶ row ──▶ files   half a VM is never kept
 */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Socket } from 'node:net';
import { AppError, toErrorBody } from '../shared/errors';
import type { VmEvent } from '../shared/events';
import { parse } from '../shared/parse';
import {
  vmCreate,
  vmPatch,
  type CommandPreview,
  type VmCreate,
  type VmPatch,
  type VmSpecDraft,
  type VmView,
} from '../shared/vm';
import type { TrashView } from '../shared/trash';
import { checkCopies, isCopying, materialise, type DiskWork } from './disks';
import type { EventLog } from './event-log';
import type { HostProbe } from './host-service';
import type { Library } from './library/library';
import type { MachineContext } from './machine';
import { setMedia } from './media';
import type { Operation, Operations } from './operations';
import type { Power, PowerVerb } from './power';
import type { Organiser } from './organise';
import { previewCommands } from './preview';
import { readLog } from './qemu-log';
import type { Registry } from './registry';
import type { Trash } from './trash/trash';
import { readSerialLog } from './serial-log';
import type { Actor, SerialPort, VmService } from './types';
import type { VmEntry } from './vm-entry';
import { HALF_MADE, makeFolder } from './vm-folder';
import { removeDiskFile, removeVm } from './vm-removal';
import type { VmStore } from './vm-store';

export interface VmsDeps {
  registry: Registry;
  store: VmStore;
  operations: Operations;
  power: Power;
  library: Library;
  trash: Trash;
  host: HostProbe;
  organiser: Organiser;
  log: EventLog;
  context: MachineContext;
}

export class Vms implements VmService {
  constructor(private readonly deps: VmsDeps) {}

  list(): VmView[] {
    return this.deps.registry.views();
  }

  get(name: string): VmView {
    return this.deps.registry.view(this.deps.registry.get(name));
  }

  findById(id: string): VmView | undefined {
    const entry = this.deps.registry.findById(id);
    return entry && this.deps.registry.view(entry);
  }

  async create(actor: Actor, data: VmCreate): Promise<VmView> {
    const { registry, operations, power, organiser } = this.deps;
    const input = await organiser.admit(parse(vmCreate, data));
    const copies = await checkCopies(input.spec, (ref) => this.deps.library.path(ref));
    registry.requireFreeName(input.name); // nothing may wait between this and add
    const entry = registry.add(provisional(input, this.newId()));
    const made = operations.run(entry.definition, 'create', (operation) => this.make(actor, entry, input, operation));
    const started = made.then(() => (input.start ? power.run(actor, entry, 'start') : undefined));
    // Nobody waits for it: a VM that was made but does not start has told its event list, and its page shows it.
    started.catch((error: unknown) => console.error(`skep: ${input.name}: ${String(error)}`));
    if (!copies) await made;
    return registry.view(entry);
  }

  async update(actor: Actor, name: string, data: VmPatch): Promise<VmView> {
    const patch = parse(vmPatch, data);
    const { registry, operations, store, log } = this.deps;
    const entry = registry.get(name);
    const newName = patch.name === name ? undefined : patch.name;
    if (newName !== undefined) registry.requireFreeName(newName);
    await operations.run(entry.definition, 'edit', async (operation) => {
      refuseStale(entry, patch);
      const { id, spec: before } = entry.definition;
      const spec =
        patch.spec && (await materialise(await this.pinned(patch.spec), before, this.diskWork(entry, operation)));
      const { notes, autostart, isProtected } = patch;
      const { folderId, tags } = await this.deps.organiser.admit(patch);
      const place = { folderId, tags, isProtected };
      entry.definition = await store.update(id, { name: newName, notes, autostart, ...place, spec });
      await registry.refreshDisks(entry);
      if (spec) log.add(id, 'The hardware was changed.', { actor });
      if (newName !== undefined) log.add(id, `Renamed from ${name} to ${newName}.`, { actor });
    });
    return registry.view(entry);
  }

  async power(actor: Actor, name: string, verb: PowerVerb): Promise<void> {
    const entry = this.deps.registry.get(name);
    await this.deps.power.run(actor, entry, verb);
    await this.deps.registry.refreshDisks(entry);
  }

  remove(actor: Actor, name: string, keepDisks: string[]): Promise<TrashView | null> {
    return removeVm(this.deps, actor, name, keepDisks);
  }

  removeDiskFile(actor: Actor, name: string, file: string): Promise<TrashView | null> {
    return removeDiskFile(this.deps, actor, name, file);
  }

  async setMedia(actor: Actor, name: string, cdromId: string, libraryFile: string | null): Promise<VmView> {
    const entry = this.deps.registry.get(name);
    await this.deps.operations.run(entry.definition, 'edit', () =>
      setMedia(this.deps, actor, entry, cdromId, libraryFile),
    );
    return this.deps.registry.view(entry);
  }

  preview(name: string, spec: VmSpecDraft): CommandPreview {
    const { host, context, library } = this.deps;
    const files = { list: library.list(), path: (ref: string) => library.path(ref) };
    return previewCommands(name, spec, host.known(), context.home.vms, files);
  }

  log(name: string): Promise<string> {
    return readLog(this.deps.registry.get(name).machine.logFile);
  }

  serialLog(name: string): Promise<string> {
    return readSerialLog(this.deps.registry.get(name).machine.folder);
  }

  events(name: string, limit: number): Promise<VmEvent[]> {
    return this.deps.log.list(this.deps.registry.get(name).definition.id, limit);
  }

  serial(vmId: string): SerialPort {
    const { serial, facts } = this.machineOf(vmId);
    if (serial) return serial;
    throw new AppError('wrong_state', facts.processAlive ? 'The VM has no serial port.' : 'The VM is not running.');
  }

  connectVnc(vmId: string): Promise<Socket> {
    return this.machineOf(vmId).connectVnc();
  }

  /** Folder, disks, then the row that makes it a VM. What is there so far goes away when one of them fails. */
  private async make(actor: Actor, entry: VmEntry, input: VmCreate, operation: Operation): Promise<void> {
    const { registry, store, log, context } = this.deps;
    const { id } = entry.definition;
    const { folder } = entry.machine;
    try {
      await makeFolder(folder, context.runAs);
      await writeFile(join(folder, HALF_MADE), '');
      const spec = await materialise(await this.pinned(input.spec), null, this.diskWork(entry, operation));
      entry.definition = await store.insert({ ...entry.definition, spec });
      await rm(join(folder, HALF_MADE));
      await registry.refreshDisks(entry);
      log.add(id, 'Created.', { actor });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      if (operation.abort.signal.aborted || !isCopying(input.spec)) registry.drop(entry);
      else entry.definition = { ...entry.definition, problem: failedMaking(error) };
      throw error;
    }
  }

  /** Pins the machine type's version: the guest keeps its hardware when QEMU is upgraded. */
  private async pinned(spec: VmSpecDraft): Promise<VmSpecDraft> {
    if (spec.machine.version !== null) return spec;
    const host = await this.deps.host.require();
    return { ...spec, machine: { ...spec.machine, version: host.machineVersions[spec.machine.type] } };
  }

  private diskWork(entry: VmEntry, operation: Operation): DiskWork {
    const { host, library, operations } = this.deps;
    return {
      folder: entry.machine.folder,
      libraryFile: (ref) => library.path(ref),
      tools: () => host.imgTools(),
      onProgress: (progress) => operations.progress(entry.definition.id, operation, progress),
      signal: operation.abort.signal,
    };
  }

  /** A new id. Its first 8 characters name the run directory, so they are unique too. */
  private newId(): string {
    for (;;) {
      const id = randomUUID();
      if (!this.deps.registry.entries().some(({ definition }) => definition.id.startsWith(id.slice(0, 8)))) return id;
    }
  }

  private machineOf(vmId: string) {
    const entry = this.deps.registry.findById(vmId);
    if (!entry) throw new AppError('not_found', 'That VM does not exist any more.');
    return entry.machine;
  }
}

/** What is shown of a VM while it is made: everything but its disks. */
function provisional(input: VmCreate, id: string): VmEntry['definition'] {
  const devices = input.spec.devices.filter((device) => device.kind !== 'disk');
  const order = input.spec.boot.order.filter((deviceId) => devices.some((device) => device.id === deviceId));
  const { name, notes, autostart, folderId, tags, isProtected } = input;
  const spec = { ...input.spec, devices, boot: { order } };
  return {
    id,
    name,
    revision: 1,
    notes,
    autostart,
    folderId,
    tags,
    isProtected,
    spec,
    createdAt: new Date(),
    problem: null,
  };
}

/** Whoever asked has gone on to the VM's page, so it stays in the list and says what went wrong. */
function failedMaking(error: unknown): VmView['problem'] {
  const { message, details } = toErrorBody(error);
  return { message: `The VM could not be made: ${message} Delete it and try again.`, details };
}

function refuseStale({ definition, machine }: VmEntry, patch: VmPatch): void {
  const { name } = definition;
  if (patch.revision !== undefined && patch.revision !== definition.revision)
    throw new AppError(
      'precondition_failed',
      `${name} was changed by somebody else meanwhile. Reload the page and change it again.`,
    );
  if (patch.spec && machine.facts.savedAt)
    throw new AppError(
      'wrong_state',
      `${name} is saved to disk together with its hardware. Restore it, or discard the saved state first.`,
    );
  if (patch.spec && definition.problem)
    throw new AppError('wrong_state', `The definition of ${name} cannot be read, so it cannot be changed.`);
}
