/** One VM in memory: its definition, its machine, its disk files. And the view of it that the world sees. */
import type { DiskFileView, VmView } from '../shared/vm';
import type { Machine } from './machine';
import { deriveStatus } from './machine-status';
import type { Operation } from './operations';
import type { VmDefinition } from './vm-store';

export interface VmEntry {
  definition: VmDefinition;
  readonly machine: Machine;
  disks: DiskFileView[];
}

/** The whole VM as a browser gets it. Pure. */
export function buildView({ definition, machine, disks }: VmEntry, operation: Operation | undefined): VmView {
  const { facts, run } = machine;
  const derived = definition.problem
    ? { status: 'broken' as const, reason: null }
    : deriveStatus(facts, operation?.verb ?? null);
  const record = run?.record ?? null;
  return {
    id: definition.id,
    name: definition.name,
    revision: definition.revision,
    ...derived,
    operation: operation
      ? { verb: operation.verb, startedAt: operation.startedAt.toISOString(), progress: operation.progress }
      : null,
    shutdownRequestedAt: facts.shutdownRequestedAt?.toISOString() ?? null,
    pid: machine.process?.pid ?? null,
    startedAt: record?.startedAt ?? null,
    accelerator: record?.accelerator ?? null,
    spec: definition.spec,
    runningSpec: record && !sameSpec(record.spec, definition.spec) ? record.spec : null,
    notes: definition.notes,
    autostart: definition.autostart,
    folderId: definition.folderId,
    tags: definition.tags,
    isProtected: definition.isProtected,
    savedAt: facts.savedAt?.toISOString() ?? null,
    lastExit: facts.lastExit,
    disks,
    problem: definition.problem,
    createdAt: definition.createdAt.toISOString(),
  };
}

/** Two specs that passed the schema have their keys in its order, so their texts can be compared. */
function sameSpec(a: VmView['spec'], b: VmView['spec']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
