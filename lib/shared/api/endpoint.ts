/**
 * What a route of the REST interface is: one row of a table, read by the server's router, the typed client, the
 * OpenAPI document, the command line and the tests.
 *
 *   table.ts ◀─ vm-endpoints.ts, task-endpoints.ts, …      rows
 *      ├─▶ lib/server/api    answers them
 *      ├─▶ client.ts         asks them
 *      └─▶ openapi.ts        describes them
 */
import { z } from 'zod';
import type { ErrorCode } from '../errors';

/** Everything of the interface lies below this. */
export const API_BASE = '/api/v1';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export const API_TAGS = {
  vms: 'Virtual machines',
  library: 'Library',
  tasks: 'Tasks',
  host: 'Host',
  access: 'Access',
  about: 'The interface itself',
} as const;
export type ApiTag = keyof typeof API_TAGS;

export interface Endpoint {
  method: Method;
  /** Below API_BASE; names in braces are parameters, of which none holds a slash. */
  path: `/${string}`;
  tag: ApiTag;
  /** One line, as a sentence without a full stop. */
  summary: string;
  /** What the summary cannot say, in whole sentences. */
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** JSON. */
  body?: z.ZodType;
  status: 200 | 201 | 202 | 204;
  /** What a JSON answer holds. A route without one answers 204, or in another format. */
  result?: z.ZodType;
  /** `json` unless told; `stream` is server-sent events, `bytes` a file. */
  format?: 'json' | 'text' | 'stream' | 'bytes';
  /**
   * The answer has an ETag, and `If-None-Match` is obeyed. `revision`: of a VM's definition, and `If-Match` compares
   * only that; `content`: of the whole answer.
   */
  etag?: 'revision' | 'content';
  /** `If-Match` is obeyed, and compared with the `etag` of this kind: 412 when the asker knows an older state. */
  ifMatch?: 'revision' | 'content';
  /** The `Location` of what was made, from the answer's fields: `/vms/{name}`. */
  location?: `/${string}`;
  /** What can go wrong besides what can go wrong anywhere. */
  errors?: readonly ErrorCode[];
}

/** What may go wrong with every route. */
export const COMMON_ERRORS: readonly ErrorCode[] = [
  'invalid_input',
  'unauthorized',
  'forbidden',
  'too_many_requests',
  'internal',
];

/** One page of a list. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({
    items: z.array(item),
    /** Given as `cursor`, it asks for the next page; null on the last one. */
    nextCursor: z.string().nullable(),
  });
}

/** How a page of a list is asked for. */
export const PAGING = {
  limit: z.coerce.number<number | string>().int().min(1).max(500).default(100).describe('At most so many.'),
  cursor: z.string().max(400).optional().describe('The `nextCursor` of the page before.'),
};
