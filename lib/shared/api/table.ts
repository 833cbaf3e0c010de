/** Every route of the REST interface, by the name of its operation. */
import type { z } from 'zod';
import type { Endpoint } from './endpoint';
import { aboutEndpoints } from './about-endpoints';
import { accessEndpoints } from './access-endpoints';
import { hostEndpoints } from './host-endpoints';
import { libraryEndpoints } from './library-endpoints';
import { taskEndpoints } from './task-endpoints';
import { vmEndpoints } from './vm-endpoints';

export const ENDPOINTS = {
  ...vmEndpoints,
  ...libraryEndpoints,
  ...taskEndpoints,
  ...hostEndpoints,
  ...accessEndpoints,
  ...aboutEndpoints,
} as const satisfies Record<string, Endpoint>;

export type Endpoints = typeof ENDPOINTS;
export type OperationName = keyof Endpoints;

/** What a schema of a route takes, and what it makes of it; nothing where the route has none. */
export type Given<E, Part extends 'params' | 'query' | 'body'> =
  E extends Record<Part, infer S extends z.ZodType> ? z.input<S> : undefined;
export type Read<E, Part extends 'params' | 'query' | 'body'> =
  E extends Record<Part, infer S extends z.ZodType> ? z.output<S> : undefined;
/** What a route answers with, in its JSON. */
export type Result<E> = E extends { result: infer S extends z.ZodType } ? z.output<S> : undefined;

/** The rows with their names, in the order of the table. */
export function endpointList(): (Endpoint & { name: OperationName })[] {
  return Object.entries<Endpoint>(ENDPOINTS).map(([name, endpoint]) => ({ ...endpoint, name: name as OperationName }));
}
