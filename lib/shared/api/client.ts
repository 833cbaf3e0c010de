/**
 * Asks Skep by the table of routes. How bytes travel is the caller's: `fetch`, a unix socket, a test.
 *
 *   call('getVm', {params}) ─▶ requestOf ─▶ transport ─▶ 2xx: parsed by the route's schema
 *                                                  └──▶ else: AppError with the server's own words
 */
import { z } from 'zod';
import { AppError } from '../errors';
import { API_BASE, type Endpoint } from './endpoint';
import { ENDPOINTS, type Endpoints, type Given, type OperationName, type Result } from './table';
import { errorBody } from './views';

/** A request before it is sent. */
export interface ApiRequest {
  method: string;
  /** With the query: `/api/v1/vms?limit=5`. */
  path: string;
  /** In lower case. */
  headers: Record<string, string>;
  /** JSON. */
  body: string | null;
}

/** What of an answer the client needs; a `Response` of `fetch` is one. */
export interface ApiResponse {
  status: number;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export type Transport = (request: ApiRequest) => Promise<ApiResponse>;

type Part<E, P extends 'params' | 'body'> = E extends Record<P, z.ZodType> ? Record<P, Given<E, P>> : unknown;

/** What a call gives; parts that its route has not, it has not either. */
export type CallInput<E> = Part<E, 'params'> &
  Part<E, 'body'> &
  (E extends { query: z.ZodType } ? { query?: Given<E, 'query'> } : unknown) &
  (E extends { ifMatch: string } ? { ifMatch?: string } : unknown);

type Answer<E> = E extends { format: 'text' | 'bytes' } ? string : Result<E>;
type Args<E> = Partial<CallInput<E>> extends CallInput<E> ? [input?: CallInput<E>] : [input: CallInput<E>];

export interface ApiClient {
  /** @throws AppError with the server's code and sentence; whatever the transport throws */
  call<N extends OperationName>(name: N, ...input: Args<Endpoints[N]>): Promise<Answer<Endpoints[N]>>;
}

export function createClient(transport: Transport): ApiClient {
  return {
    async call<N extends OperationName>(name: N, ...[input]: Args<Endpoints[N]>) {
      const endpoint: Endpoint = ENDPOINTS[name];
      const response = await transport(requestOf(name, input));
      const text = await response.text();
      if (response.status >= 300) throw errorOf(response.status, text);
      if (endpoint.format === 'text' || endpoint.format === 'bytes') return text as Answer<Endpoints[N]>;
      if (!endpoint.result) return undefined as Answer<Endpoints[N]>;
      return endpoint.result.parse(JSON.parse(text)) as Answer<Endpoints[N]>;
    },
  };
}

/** The request that a call is. Pure. */
export function requestOf<N extends OperationName>(name: N, input?: Partial<CallInput<Endpoints[N]>>): ApiRequest {
  const endpoint: Endpoint = ENDPOINTS[name];
  const { params, query, body, ifMatch } = (input ?? {}) as {
    params?: Record<string, unknown>;
    query?: Record<string, unknown>;
    body?: unknown;
    ifMatch?: string;
  };
  const headers: Record<string, string> = {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
  };
  const path = `${API_BASE}${fillPath(endpoint.path, params ?? {})}${searchOf(query ?? {})}`;
  return { method: endpoint.method, path, headers, body: body === undefined ? null : JSON.stringify(body) };
}

/** `/vms/{name}` with its names filled in. */
export function fillPath(path: string, values: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
}

function searchOf(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`;
}

/** An answer's error as it was thrown in the server. */
export function errorOf(status: number, text: string): AppError {
  try {
    const { error } = z.object({ error: errorBody }).parse(JSON.parse(text));
    return new AppError(error.code, error.message, error);
  } catch {
    return new AppError('internal', `The server answered with status ${status}, but not as Skep does.`, {
      details: text.slice(0, 500),
    });
  }
}
