/**
 * Who may come in: names and passwords, sessions, one-time links, tickets for sockets.
 *
 *   browser ──POST /api/auth/…──▶ auth-http (which endpoints, how often) ──▶ better-auth ──▶ SQLite
 *   page, action, route ──session(headers)──▶ better-auth, then: idle too long? ends here
 *   /ws/… ──redeemTicket──▶ tickets
 */
import { createApiTokens } from './api-tokens';
import { configureAuth, type Auth } from './auth-config';
import { createAuthHttp } from './auth-http';
import { createLinks } from './auth-links';
import { readOrCreateSecret } from './auth-secret';
import type { Db } from './db';
import { createLimiter } from './parallel';
import { createSignInThrottle } from './sign-in-throttle';
import { createTickets } from './tickets';
import type { Actor, AuthService, SessionEnd, SessionView } from './types';

/** A session that nobody uses for this long ends. */
export const SESSION_IDLE_MS = 12 * 3600 * 1000;
/** Use is written down at most this often. */
const SEEN_EVERY_MS = 60 * 1000;
/** How often ended sessions are looked for, so that their sockets close too. */
const SWEEP_EVERY_MS = 5 * 60 * 1000;
const PARALLEL_HASHES = 4;

export interface CreateAuthOptions {
  prisma: Db;
  /** The key file; made when missing. */
  secretFile: string;
  /** Monotonic time in ms, for tests. */
  monotonicNow?: () => number;
  /** The wall clock, for tests. */
  now?: () => Date;
}

/** @throws AppError `host_missing` when the key file is damaged */
export async function createAuth(options: CreateAuthOptions): Promise<AuthService & { close(): void }> {
  const { prisma, now = () => new Date() } = options;
  const listeners = new Set<(end: SessionEnd) => void>();
  const links = createLinks(options.monotonicNow);
  const tickets = createTickets(options.monotonicNow);
  const throttle = createSignInThrottle(options.monotonicNow);
  const hashing = createLimiter(PARALLEL_HASHES);
  const renewing = new Set<string>();

  const announceEnd = (end: SessionEnd) => {
    if (end.sessionId) tickets.drop(end.sessionId);
    for (const listener of [...listeners]) listener(end);
  };
  const auth = configureAuth({
    prisma,
    secret: readOrCreateSecret(options.secretFile),
    links,
    hashing,
    onSignInByLink: (name) => throttle.forgive(name),
    onSessionDeleted: ({ id, userId }) => {
      // A renewed one is announced when its browser has the new cookie.
      if (!renewing.has(id)) announceEnd({ sessionId: id, userId });
    },
  });
  const context = await auth.$context;
  const tokens = await createApiTokens({ db: prisma, now, onEnd: announceEnd });
  const session = (headers: Headers) => readSession(auth, prisma, headers, now);
  const sweep = setInterval(() => {
    tokens.sweep();
    endOldSessions(prisma, context.internalAdapter, now()).catch((error: unknown) => console.error('Sessions:', error));
  }, SWEEP_EVERY_MS);
  sweep.unref();

  let administrator = false;
  const hasAdministrator = async () => (administrator ||= (await prisma.user.count()) > 0);

  return {
    handle: createAuthHttp({
      handler: (request) => auth.handler(request),
      session,
      throttle,
      hashing,
      async renew({ sessionId, userId }, work) {
        renewing.add(sessionId);
        const response = await work().finally(() => renewing.delete(sessionId));
        if (response.ok) announceEnd({ sessionId, userId, isRenewed: true });
        return response;
      },
    }),
    session,
    tokens,
    hasAdministrator,
    owner: () => findOwner(prisma),
    issueLink: async () => links.issue((await hasAdministrator()) ? 'sign-in' : 'setup'),
    checkLink: (token) => links.check(token),
    issueTicket: (who, kind, vmId) => tickets.issue(who, kind, vmId),
    redeemTicket: (ticket, kind, vmId) => tickets.redeem(ticket, kind, vmId),
    onSessionEnd(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => clearInterval(sweep),
  };
}

/** The first user there was. */
async function findOwner(prisma: Db): Promise<Actor | null> {
  const user = await prisma.user.findFirst({ orderBy: { createdAt: 'asc' }, select: { id: true, name: true } });
  return user && { userId: user.id, name: user.name };
}

async function readSession(auth: Auth, prisma: Db, headers: Headers, now: () => Date): Promise<SessionView | null> {
  // Nothing but the cookie: better-auth has no say in the rest.
  const cookie = headers.get('cookie');
  if (!cookie) return null;
  const found = await auth.api.getSession({ headers: new Headers({ cookie }) });
  if (!found) return null;
  const { id, token, updatedAt } = found.session;
  const idleMs = now().getTime() - updatedAt.getTime();
  if (idleMs >= SESSION_IDLE_MS) {
    await (await auth.$context).internalAdapter.deleteSession(token);
    return null;
  }
  if (idleMs >= SEEN_EVERY_MS) await writeSeen(prisma, id, now());
  return { sessionId: id, userId: found.user.id, name: found.user.name };
}

async function writeSeen(prisma: Db, id: string, at: Date): Promise<void> {
  try {
    // May find nothing: signed out a moment ago.
    await prisma.session.updateMany({ where: { id }, data: { updatedAt: at } });
  } catch (error) {
    // A full or read-only disk must not shut out who is signed in: they may be here to make room (F-17).
    console.error('The use of a session could not be written down:', error);
  }
}

/** Ends sessions that are over by age or by idleness; the hook of `configureAuth` tells their sockets. */
async function endOldSessions(
  prisma: Db,
  adapter: { deleteSession(token: string): Promise<void> },
  now: Date,
): Promise<void> {
  const idleSince = new Date(now.getTime() - SESSION_IDLE_MS);
  const over = await prisma.session.findMany({
    where: { OR: [{ expiresAt: { lte: now } }, { updatedAt: { lte: idleSince } }] },
    select: { token: true },
  });
  for (const { token } of over) await adapter.deleteSession(token);
}
