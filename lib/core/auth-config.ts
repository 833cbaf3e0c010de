import { betterAuth } from 'better-auth/minimal';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { username } from 'better-auth/plugins/username';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../shared/account';
import { linkPlugin, type LinkPluginOptions } from './auth-plugin';
import type { Limiter } from './parallel';

export const AUTH_PATH = '/api/auth';
/** The header in which the server tells who asks; whatever a browser sends under this name is dropped. */
export const CLIENT_ADDRESS_HEADER = 'x-skep-client-address';
/** A session ends this long after sign-in … */
export const SESSION_LIFETIME_SECONDS = 7 * 24 * 3600;

interface ConfigOptions extends LinkPluginOptions {
  secret: string;
  hashing: Limiter;
  onSessionDeleted(session: { id: string; userId: string }): void;
}

/**
 * better-auth as Skep uses it: names and passwords, no sign-up, sessions in the database with a signed cookie.
 *
 * Sessions have a fixed end here; `auth.ts` adds the shorter one for those that nobody uses.
 */
export function configureAuth(options: ConfigOptions) {
  const { prisma, secret, hashing, onSessionDeleted } = options;
  return betterAuth({
    appName: 'Skep',
    basePath: AUTH_PATH,
    secret,
    database: prismaAdapter(prisma, { provider: 'sqlite' }),
    logger: { level: 'error' },
    telemetry: { enabled: false },
    // Ours counts per account too; see sign-in-throttle.ts.
    rateLimit: { enabled: false },
    // The gate has compared Host and Origin with the allowed ones before; here they must match each other.
    trustedOrigins: (request) => ownOrigins(request),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
      password: {
        hash: (password) => hashing.run(() => hashPassword(password)),
        verify: (check) => hashing.run(() => verifyPassword(check)),
      },
    },
    session: { expiresIn: SESSION_LIFETIME_SECONDS, disableSessionRefresh: true, cookieCache: { enabled: false } },
    advanced: {
      cookiePrefix: 'skep',
      // Not by NODE_ENV: Skep speaks HTTP on loopback. `auth-http.ts` adds Secure when the browser came by HTTPS.
      useSecureCookies: false,
      disableOriginCheck: false,
      // Revoking all of a user's sessions tells the sockets of each; the default stops at a hundred.
      database: { defaultFindManyLimit: 10_000 },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    plugins: [
      username({ minUsernameLength: 1, maxUsernameLength: 32, usernameValidator: isUserName }),
      linkPlugin(options),
    ],
    databaseHooks: { session: { delete: { after: async (session) => onSessionDeleted(session) } } },
  });
}

export type Auth = ReturnType<typeof configureAuth>;

const isUserName = (name: string) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name);

function ownOrigins(request: Request | undefined): string[] {
  const host = request?.headers.get('host');
  return host ? [`http://${host}`, `https://${host}`] : [];
}
