/**
 * The REST interface: /api/v1, on the HTTP server behind the gate and on the local socket.
 *
 *   request ─▶ who asks? ─▶ route ─▶ params, query, body ─▶ handler ─▶ ETag, Location, JSON
 *                401         404 405    400                   │            304
 *                                                             └─▶ vmm(): the same verbs as the pages
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Vmm } from '../../core/types';
import { AppError } from '../../shared/errors';
import { sendError } from '../send-error';
import type { Call, Caller, Handler } from './call';
import { requireMatch } from './etag';
import { HANDLERS } from './handlers';
import { readRequest } from './read-request';
import { reply, replyError } from './reply';
import { createRouter } from './router';

export type Identify = (req: IncomingMessage) => Promise<Caller | null>;

/**
 * @param identify who asks; whom it does not know gets 401, whatever they ask for
 * @returns the handler of every request below /api/v1; it never rejects
 */
export function createApi(vmm: Vmm, identify: Identify) {
  const route = createRouter();

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const caller = await identify(req);
    if (!caller) throw new AppError('unauthorized', 'Sign in first.');
    const found = route(req.method ?? '', (req.url ?? '').split('?', 1)[0] ?? '');
    if (found.found === 'nothing') throw new AppError('not_found', 'There is no such address here.');
    if (req.method === 'OPTIONS') return void res.writeHead(204, { Allow: found.allow }).end();
    if (found.found === 'path') {
      res.setHeader('Allow', found.allow);
      return sendError(res, 405, { code: 'invalid_input', message: `This address takes ${found.allow}.` });
    }
    const { endpoint, params } = found;
    const parts = await readRequest(endpoint, params, req);
    const { userId, name } = caller.session;
    const call = {
      ...parts,
      vmm,
      caller,
      actor: { userId, name },
      requireMatch: (current: unknown) => {
        if (endpoint.ifMatch) requireMatch(req.headers['if-match'], endpoint.ifMatch, current);
      },
    } as Call<unknown>;
    // The types of table and handlers agree for each name; here, all of them are one.
    const handler = HANDLERS[endpoint.name] as Handler<unknown>;
    reply(endpoint, await handler(call), req, res);
  }

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      await answer(req, res);
    } catch (error) {
      replyError(error, req, res);
    }
  };
}
