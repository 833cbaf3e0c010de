/**
 * ETags, and what conditions on them mean (RFC 9110, 13.1).
 *
 *   "r7-3kq0…"   a VM: the revision of its definition, then a hash of the whole answer
 *   "3kq0…"      anything else
 *
 * `If-None-Match` compares the whole. `If-Match` of a VM compares the revision: that a guest has started meanwhile is
 * no lost update.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../shared/errors';

export type EtagKind = 'revision' | 'content';

const revised = z.object({ revision: z.int() });

/** The ETag of an answer, quotes included. */
export function etagOf(kind: EtagKind, value: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
  return kind === 'content' ? `"${hash}"` : `"r${revised.parse(value).revision}-${hash}"`;
}

/** Whether an `If-None-Match` header names this ETag. */
export function isKnown(header: string | undefined, etag: string): boolean {
  return header !== undefined && tagsOf(header).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
}

/** @throws AppError `precondition_failed` when `If-Match` is there and names another state */
export function requireMatch(header: string | undefined, kind: EtagKind, current: unknown): void {
  if (header === undefined) return;
  const wanted = comparable(kind, etagOf(kind, current));
  if (tagsOf(header).some((tag) => tag === '*' || comparable(kind, tag) === wanted)) return;
  throw new AppError(
    'precondition_failed',
    'This was changed by somebody else meanwhile. Get it again, then change it again.',
  );
}

function comparable(kind: EtagKind, tag: string): string {
  return kind === 'content' ? tag : (/^"r\d+/.exec(tag)?.[0] ?? tag);
}

function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
