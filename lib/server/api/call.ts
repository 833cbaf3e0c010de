/** What a handler of the REST interface gets and gives; the types come from the table of routes. */
import type { ServerResponse } from 'node:http';
import type { Endpoints, OperationName, Read, Result } from '../../shared/api/table';
import type { Actor, SessionView, Vmm } from '../../core/types';

/** Who asks, and how they proved it. */
export interface Caller {
  /** Of a token or of the local socket, it is one in name only. */
  session: SessionView;
  via: 'session' | 'token' | 'local';
}

export interface Call<E> {
  vmm: Vmm;
  caller: Caller;
  actor: Actor;
  params: Read<E, 'params'>;
  query: Read<E, 'query'>;
  body: Read<E, 'body'>;
  /**
   * Compares what is about to be changed with `If-Match`.
   *
   * @throws AppError `precondition_failed`
   */
  requireMatch(current: unknown): void;
}

/** Writes the whole answer itself. */
export type Stream = (res: ServerResponse) => void;

type Given<E> = E extends { format: 'text' }
  ? string
  : E extends { format: 'bytes' }
    ? Buffer
    : E extends { format: 'stream' }
      ? Stream
      : E extends { status: 204 }
        ? undefined
        : Result<E>;

export type Handler<E> = (call: Call<E>) => Given<E> | Promise<Given<E>>;

export type Handlers<N extends OperationName = OperationName> = { [K in N]: Handler<Endpoints[K]> };
