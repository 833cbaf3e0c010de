import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import type { Actor } from '../core/types';
import { AppError, toErrorBody, type ErrorBody } from '../shared/errors';
import { parse } from '../shared/parse';
import { currentSession } from './page';

/** What an action answers. It never throws: in production a browser would see a digest instead of the sentence. */
export type ActionResult<T> = { ok: true; value: T } | { ok: false; error: ErrorBody };

type Handler<A extends unknown[], T> = (actor: Actor, ...args: A) => T | Promise<T>;

/**
 * Makes a server action of a handler: checks the session, passes the actor, and turns errors into results.
 *
 * @param schema when given, the action takes one argument and parses it; else the handler parses its arguments itself
 */
export function action<S extends z.ZodType, T>(
  schema: S,
  handler: Handler<[z.output<S>], T>,
): (input: z.input<S>) => Promise<ActionResult<T>>;
export function action<A extends unknown[], T>(handler: Handler<A, T>): (...args: A) => Promise<ActionResult<T>>;
export function action(first: z.ZodType | Handler<unknown[], unknown>, second?: Handler<[unknown], unknown>) {
  if (typeof first === 'function') return wrap(first);
  if (!second) throw new TypeError('An action with a schema needs a handler.');
  return wrap((actor, input: unknown) => second(actor, parse(first, input)));
}

function wrap(handler: Handler<unknown[], unknown>) {
  return async (...args: unknown[]): Promise<ActionResult<unknown>> => {
    try {
      const session = await currentSession();
      if (!session) throw new AppError('unauthorized', 'You are signed out. Sign in, then try again.');
      return { ok: true, value: await handler({ userId: session.userId, name: session.name }, ...args) };
    } catch (error) {
      // Redirects travel as errors.
      unstable_rethrow(error);
      const body = toErrorBody(error);
      if (body.code === 'internal') console.error('An action failed:', error);
      return { ok: false, error: body };
    }
  };
}
