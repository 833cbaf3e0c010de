import type { z } from 'zod';
import type { Actor, SessionView } from '../core/types';
import { AppError, ERROR_STATUS, toErrorBody } from '../shared/errors';
import { parse } from '../shared/parse';
import { vmm } from '../vmm';

/** What a route's handler gets. */
export interface RouteCall<P> {
  request: Request;
  session: SessionView;
  actor: Actor;
  /** The folder names in brackets, decoded. */
  params: P;
  /** Parses the body. @throws AppError `invalid_input` */
  json<S extends z.ZodType>(schema: S): Promise<z.output<S>>;
}

type RouteHandler<P> = (call: RouteCall<P>) => unknown;

/**
 * Makes a REST route of a handler: checks the session, and answers with the handler's value as JSON (204 for
 * undefined), or with `{error}` and the status of its code.
 */
export function route<P = Record<string, string>>(handler: RouteHandler<P>) {
  return async (request: Request, context: { params: Promise<P> }): Promise<Response> => {
    try {
      const session = await vmm().auth.session(cookieOf(request));
      if (!session) throw new AppError('unauthorized', 'Sign in first.');
      const actor = { userId: session.userId, name: session.name };
      const json = <S extends z.ZodType>(schema: S) => readJson(request, schema);
      const value = await handler({ request, session, actor, params: await context.params, json });
      return value === undefined ? new Response(null, { status: 204 }) : Response.json(value);
    } catch (error) {
      const body = toErrorBody(error);
      if (body.code === 'internal') console.error(`${request.method} ${new URL(request.url).pathname} failed:`, error);
      return Response.json({ error: body }, { status: ERROR_STATUS[body.code] });
    }
  };
}

function cookieOf(request: Request): Headers {
  const cookie = request.headers.get('cookie');
  return new Headers(cookie ? { cookie } : {});
}

/** Only what says that it is JSON: a form of another site cannot say so without asking first (T-42). */
async function readJson<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new AppError('invalid_input', 'The request must have the content type application/json.');
  let data: unknown;
  try {
    data = await request.json();
  } catch {
    throw new AppError('invalid_input', 'The request is no JSON.');
  }
  return parse(schema, data);
}
