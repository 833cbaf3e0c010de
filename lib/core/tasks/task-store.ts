/** Tasks in the database: what is needed to show them, and to go on with them or undo them after a crash. */
import type { PrismaClient, Task as TaskRow } from '../../generated/prisma/client';
import type { ErrorBody } from '../../shared/errors';
import { taskStatus, type TaskStatus } from '../../shared/task';
import type { Actor } from '../types';

/** Ended tasks kept; older ones are forgotten. */
const KEPT_TASKS = 500;
const KEPT_LOG_CHARACTERS = 64 * 1024;

export interface TaskRecord {
  id: string;
  kind: string;
  title: string;
  status: TaskStatus;
  input: unknown;
  checkpoint: unknown;
  doneBytes: number;
  totalBytes: number | null;
  error: ErrorBody | null;
  log: string;
  vmId: string | null;
  actor: Actor | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

export class TaskStore {
  constructor(private readonly db: PrismaClient) {}

  /** All that are kept, oldest first. */
  async list(): Promise<TaskRecord[]> {
    return (await this.db.task.findMany({ orderBy: { createdAt: 'asc' } })).map(toRecord);
  }

  async insert(record: TaskRecord): Promise<void> {
    await this.db.task.create({ data: { id: record.id, createdAt: record.createdAt, ...toColumns(record) } });
  }

  async update(record: TaskRecord): Promise<void> {
    await this.db.task.updateMany({ where: { id: record.id }, data: toColumns(record) });
  }

  async delete(ids: string[]): Promise<void> {
    await this.db.task.deleteMany({ where: { id: { in: ids } } });
  }
}

/** The ids of the ended tasks that are too many. Pure. */
export function surplusTasks(ended: readonly Pick<TaskRecord, 'id'>[]): string[] {
  return ended.slice(0, Math.max(0, ended.length - KEPT_TASKS)).map(({ id }) => id);
}

/** A log with one more line; of a long one the end is kept. Pure. */
export function withLogLine(log: string, at: Date, line: string): string {
  const whole = `${log}${at.toISOString()} ${line}\n`;
  if (whole.length <= KEPT_LOG_CHARACTERS) return whole;
  return whole.slice(whole.indexOf('\n', whole.length - KEPT_LOG_CHARACTERS) + 1);
}

function toColumns(record: TaskRecord) {
  const { kind, title, status, doneBytes, totalBytes, log, vmId, startedAt, endedAt } = record;
  return {
    kind,
    title,
    status,
    input: JSON.stringify(record.input),
    checkpoint: record.checkpoint === null ? null : JSON.stringify(record.checkpoint),
    progress: JSON.stringify({ doneBytes, totalBytes }),
    error: record.error && JSON.stringify(record.error),
    log,
    vmId,
    actorId: record.actor?.userId ?? null,
    actorName: record.actor?.name ?? null,
    startedAt,
    endedAt,
  };
}

function toRecord(row: TaskRow): TaskRecord {
  const progress = readJson(row.progress) as { doneBytes?: number; totalBytes?: number | null } | null;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    status: taskStatus.catch('failed').parse(row.status),
    input: readJson(row.input),
    checkpoint: readJson(row.checkpoint),
    doneBytes: progress?.doneBytes ?? 0,
    totalBytes: progress?.totalBytes ?? null,
    error: readJson(row.error) as ErrorBody | null,
    log: row.log,
    vmId: row.vmId,
    actor: row.actorId === null ? null : { userId: row.actorId, name: row.actorName ?? '' },
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
  };
}

/** A cell that cannot be read counts as empty: one bad row must not hide the others. */
function readJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
