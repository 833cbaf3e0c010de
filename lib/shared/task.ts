/**
 * Long work as the world sees it: who asked for what, how far it is, how it ended.
 *
 *   queued ─▶ running ─▶ done
 *      │         ├─────▶ failed      with its error
 *      └─────────┴─────▶ cancelled
 */
import { z } from 'zod';
import type { ErrorBody } from './errors';

export const TASK_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export const taskStatus = z.enum(TASK_STATUSES);
export type TaskStatus = z.infer<typeof taskStatus>;

export const taskId = z.uuid('That is no id of a task.');
/** Some tasks of the list, which holds a few hundred. */
export const taskIds = z.array(taskId).max(2000);

/** One task as the browser sees it: whole, small, pushed at each change. Times are ISO 8601. */
export interface TaskView {
  id: string;
  /** What sort of work: `upload`, `download`, `convert-disk`, … */
  kind: string;
  /** A phrase for people: “Upload debian.iso”. */
  title: string;
  status: TaskStatus;
  /** Bytes done so far. */
  doneBytes: number;
  /** Bytes in all, null while nobody knows. */
  totalBytes: number | null;
  /** Over the last seconds; null when it does not run. */
  bytesPerSecond: number | null;
  /** What it does at the moment, as a phrase, or null. */
  step: string | null;
  actor: string | null;
  /** The VM that it works for, or null. */
  vmId: string | null;
  error: ErrorBody | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
}

/** True when nothing more will happen to it. */
export function isEnded(status: TaskStatus): boolean {
  return status === 'done' || status === 'failed' || status === 'cancelled';
}

/** 0 to 1, or null when nobody knows how much there is. */
export function taskShare({ doneBytes, totalBytes, status }: TaskView): number | null {
  if (status === 'done') return 1;
  if (totalBytes === null || totalBytes === 0) return null;
  return Math.min(1, doneBytes / totalBytes);
}

/** Seconds until it is done at its present speed, or null when nobody knows. */
export function secondsLeft({ doneBytes, totalBytes, bytesPerSecond }: TaskView): number | null {
  if (totalBytes === null || !bytesPerSecond) return null;
  return Math.max(0, Math.ceil((totalBytes - doneBytes) / bytesPerSecond));
}
