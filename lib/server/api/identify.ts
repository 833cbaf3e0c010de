/** Who asks the REST interface. */
import type { IncomingMessage } from 'node:http';
import type { AuthService } from '../../core/types';
import type { Caller } from './call';

/** Whoever comes over the network: by the session of their browser. The gate has checked Host and Origin. */
export function identifyByRequest(auth: AuthService) {
  return async (req: IncomingMessage): Promise<Caller | null> => {
    const { cookie } = req.headers;
    const session = cookie ? await auth.session(new Headers({ cookie })) : null;
    return session && { session, via: 'session' };
  };
}

/** Whoever may open the local socket is the owner of this Skep, and acts as its administrator. */
export function identifyAsOwner(auth: AuthService) {
  return async (): Promise<Caller> => {
    const owner = await auth.owner();
    return { session: { sessionId: 'local', ...(owner ?? { userId: 'local', name: 'this host' }) }, via: 'local' };
  };
}
