/**
 * Who asks the REST interface.
 *
 *   Authorization: Bearer skep_…   a token; the cookie then counts for nothing, for nobody has checked the Origin
 *   cookie                         the session of a browser; the gate has checked Host and Origin
 *   the local socket               the owner of this Skep, who acts as its administrator
 */
import type { IncomingMessage } from 'node:http';
import type { AuthService } from '../../core/types';
import { AppError } from '../../shared/errors';
import { createBadTokens } from './bad-tokens';
import type { Caller } from './call';

/** Whoever comes over the network. @returns a function that throws AppError `unauthorized` for a bad token */
export function identifyByRequest(auth: Pick<AuthService, 'session' | 'tokens'>, badTokens = createBadTokens()) {
  return async (req: IncomingMessage): Promise<Caller | null> => {
    const { authorization, cookie } = req.headers;
    if (authorization !== undefined) {
      const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
      const session = token === undefined ? null : auth.tokens.check(token);
      if (session) return { session, via: 'token' };
      badTokens.count(req.socket.remoteAddress ?? '');
      throw new AppError('unauthorized', 'This token is not valid, or not any more. Make a new one in the settings.');
    }
    const session = cookie ? await auth.session(new Headers({ cookie })) : null;
    return session && { session, via: 'session' };
  };
}

/** Whoever may open the local socket. */
export function identifyAsOwner(auth: Pick<AuthService, 'owner'>) {
  return async (): Promise<Caller> => {
    const owner = await auth.owner();
    return { session: { sessionId: 'local', ...(owner ?? { userId: 'local', name: 'this host' }) }, via: 'local' };
  };
}
