/** What happened to each VM, kept in the database and pushed to whoever watches. */
import type { PrismaClient } from '../generated/prisma/client';
import type { VmEvent } from '../shared/events';
import type { Actor } from './types';

const KEPT_PER_VM = 1000;
/** Old events are removed once in so many, not at each. */
const PRUNE_EVERY = 50;

export interface EventDetails {
  kind?: VmEvent['kind'];
  details?: string;
  actor?: Actor | null;
}

export class EventLog {
  private sincePrune = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: PrismaClient,
    private readonly onEvent: (vmId: string, event: VmEvent) => void,
  ) {}

  /** Records an event. Never throws: an event that cannot be stored must not stop what it tells of. */
  add(vmId: string, message: string, { kind = 'info', details, actor }: EventDetails = {}): void {
    this.writing = this.writing.then(async () => {
      try {
        const row = await this.db.vmEvent.create({
          data: { vmId, kind, message, details: details ?? null, actor: actor?.name ?? null },
        });
        this.onEvent(vmId, toEvent(row));
        if (++this.sincePrune % PRUNE_EVERY === 0) await this.prune(vmId);
      } catch (error) {
        console.error(`skep: an event of VM ${vmId} could not be stored: ${String(error)}`);
      }
    });
  }

  /** The newest events of a VM, newest first. */
  async list(vmId: string, limit: number): Promise<VmEvent[]> {
    const rows = await this.db.vmEvent.findMany({ where: { vmId }, orderBy: { id: 'desc' }, take: limit });
    return rows.map(toEvent);
  }

  /** Resolves when all that was added is stored. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private async prune(vmId: string): Promise<void> {
    const oldest = await this.db.vmEvent.findMany({
      where: { vmId },
      orderBy: { id: 'desc' },
      skip: KEPT_PER_VM,
      take: 1,
      select: { id: true },
    });
    if (oldest[0]) await this.db.vmEvent.deleteMany({ where: { vmId, id: { lte: oldest[0].id } } });
  }
}

function toEvent(row: {
  id: number;
  at: Date;
  kind: string;
  message: string;
  details: string | null;
  actor: string | null;
}): VmEvent {
  const kind = row.kind === 'warning' || row.kind === 'error' ? row.kind : 'info';
  return { id: row.id, at: row.at.toISOString(), kind, message: row.message, details: row.details, actor: row.actor };
}
