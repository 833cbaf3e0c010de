/**
 * The two ways in without a password, as endpoints of better-auth: both take a one-time link's token.
 *
 *   POST /api/auth/setup  {token, name, password}   makes the first administrator, and signs them in
 *   POST /api/auth/link   {token}                   signs the administrator in
 */
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { linkInput, setupInput } from '../shared/account';
import type { Links } from './auth-links';
import type { Db } from './db';

type Context = Parameters<typeof setSessionCookie>[0];

export interface LinkPluginOptions {
  prisma: Db;
  links: Links;
  /** Somebody proved with a link to be the owner of the account. */
  onSignInByLink(username: string): void;
}

const INVALID_LINK = 'This link has been used or is too old. Run “npm run link” on the host for a new one.';

export function linkPlugin({ prisma, links, onSignInByLink }: LinkPluginOptions): BetterAuthPlugin {
  const signIn = async (ctx: Context, userId: string) => {
    const session = await ctx.context.internalAdapter.createSession(userId);
    const user = await ctx.context.internalAdapter.findUserById(userId);
    if (!session || !user) throw new APIError('INTERNAL_SERVER_ERROR', { message: 'The session was not saved.' });
    await setSessionCookie(ctx, { session, user });
    return ctx.json({ name: user.name });
  };

  return {
    id: 'skep-links',
    endpoints: {
      setupWithLink: createAuthEndpoint('/setup', { method: 'POST', body: setupInput }, async (ctx) => {
        const { token, name, password } = ctx.body;
        return withLink(links, token, 'setup', async () => {
          if ((await prisma.user.count()) > 0) throw new APIError('FORBIDDEN', { message: INVALID_LINK });
          const hash = await ctx.context.password.hash(password);
          const id = ctx.context.generateId({ model: 'user' });
          if (!id) throw new APIError('INTERNAL_SERVER_ERROR', { message: 'No id was made.' });
          await createAdministrator(prisma, { id, name, hash });
          return signIn(ctx, id);
        });
      }),
      signInWithLink: createAuthEndpoint('/link', { method: 'POST', body: linkInput }, (ctx) =>
        withLink(links, ctx.body.token, 'sign-in', async () => {
          const administrator = await prisma.user.findFirst({ orderBy: { createdAt: 'asc' } });
          if (!administrator) throw new APIError('FORBIDDEN', { message: INVALID_LINK });
          onSignInByLink(administrator.username ?? administrator.name);
          return signIn(ctx, administrator.id);
        }),
      ),
    },
  };
}

/** Uses the link up before anything is awaited, so that it works once; gives it back when the work failed. */
async function withLink<T>(links: Links, token: string, kind: 'setup' | 'sign-in', work: () => Promise<T>): Promise<T> {
  const giveBack = links.use(token, kind);
  if (!giveBack) throw new APIError('FORBIDDEN', { message: INVALID_LINK });
  try {
    return await work();
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** User and password in one statement, in the shape that better-auth reads. */
async function createAdministrator(prisma: Db, user: { id: string; name: string; hash: string }): Promise<void> {
  await prisma.user.create({
    data: {
      id: user.id,
      name: user.name,
      username: user.name.toLowerCase(),
      displayUsername: user.name,
      // better-auth wants one; nothing is ever sent there (.invalid is reserved by RFC 2606).
      email: `${user.id.toLowerCase()}@skep.invalid`,
      emailVerified: true,
      accounts: {
        create: { id: `${user.id}-password`, accountId: user.id, providerId: 'credential', password: user.hash },
      },
    },
  });
}
