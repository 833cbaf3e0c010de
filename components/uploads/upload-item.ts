/**
 * What is known of one upload in this browser, and what may happen to it. Pure.
 *
 *              ┌─▶ same (the library has it) ──┐ upload anyway
 *   waiting ─▶ checking ─▶ sending ◀─▶ retrying│
 *      ▲                    │  ▲  └─▶ finishing ─▶ done
 *      │ resume             ▼  │
 *      └──────────────── paused          any of them ─▶ failed | gone (cancelled)
 *
 *   after a reload: missing (the server has the beginning, this page lacks the file) ── the file again ─▶ waiting
 */
import type { ErrorBody } from '@/lib/shared/errors';
import type { TaskView } from '@/lib/shared/task';
import type { UploadView } from '@/lib/shared/upload';
import { withSample, type RateSample } from './upload-rate';

export type UploadPhase =
  'waiting' | 'checking' | 'same' | 'sending' | 'retrying' | 'paused' | 'missing' | 'finishing' | 'done' | 'failed';

export interface UploadItem {
  /** Names it in this page. */
  key: string;
  /** Its task's id, once the server knows of it. */
  id: string | null;
  name: string;
  /** A folder of the library; null is the home's own. */
  folder: string | null;
  sizeBytes: number;
  modifiedMs: number;
  phase: UploadPhase;
  /** Bytes that are there, and those on their way. While it checks: bytes that are hashed. */
  doneBytes: number;
  samples: readonly RateSample[];
  error: ErrorBody | null;
  /** The library file with the same content. */
  sameAs: string | null;
  /** The library is not asked again whether it has the content. */
  isWanted: boolean;
}

/** A file that was chosen just now. */
export function newItem(key: string, file: Pick<File, 'name' | 'size' | 'lastModified'>, folder: string | null) {
  return toItem(key, { name: file.name, folder, sizeBytes: file.size, modifiedMs: file.lastModified }, 'waiting');
}

/** An upload that the server has the beginning of. */
export function missingItem(upload: UploadView): UploadItem {
  return { ...toItem(upload.id, upload, 'missing'), id: upload.id, doneBytes: upload.offset, isWanted: true };
}

function toItem(
  key: string,
  { name, folder, sizeBytes, modifiedMs }: Pick<UploadItem, 'name' | 'folder' | 'sizeBytes' | 'modifiedMs'>,
  phase: UploadPhase,
): UploadItem {
  const nothing = { id: null, doneBytes: 0, samples: [], error: null, sameAs: null, isWanted: false };
  return { key, name, folder, sizeBytes, modifiedMs, phase, ...nothing };
}

/** True when the file is the one that this upload is of, as far as one can tell without reading it. */
export function isSameFile(item: UploadItem, file: Pick<File, 'name' | 'size' | 'lastModified'>): boolean {
  return item.name === file.name && item.sizeBytes === file.size && item.modifiedMs === file.lastModified;
}

/** True while it uses the line or the processor. */
export function isActive({ phase }: UploadItem): boolean {
  return phase === 'checking' || phase === 'sending' || phase === 'retrying';
}

/** True while it goes on by itself. */
export function isUnderway(item: UploadItem): boolean {
  return isActive(item) || item.phase === 'waiting' || item.phase === 'finishing';
}

/** True when nothing more will happen to it. */
export function isOver({ phase }: UploadItem): boolean {
  return phase === 'done' || phase === 'failed';
}

/** The item with its new progress. */
export function withProgress(item: UploadItem, doneBytes: number, atMs: number): UploadItem {
  return { ...item, doneBytes, samples: withSample(item.samples, { atMs, bytes: doneBytes }) };
}

/** What the server says of the upload's task; null: it was cancelled, here or elsewhere. */
export function withTask(item: UploadItem, task: TaskView): UploadItem | null {
  if (isOver(item)) return item;
  switch (task.status) {
    case 'done':
      return { ...item, phase: 'done', doneBytes: item.sizeBytes, error: null };
    case 'failed':
      return { ...item, phase: 'failed', error: task.error };
    case 'cancelled':
      return null;
    default:
      // Another tab may be sending it.
      return item.phase === 'missing' && task.doneBytes !== item.doneBytes
        ? { ...item, doneBytes: task.doneBytes }
        : item;
  }
}
