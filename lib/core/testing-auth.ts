/** For tests: an AuthService on its own database, and a browser that keeps cookies. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createAuth } from './auth';
import { openDatabase, type Db } from './db';
import { applyMigrations } from './migrate';

export async function makeAuth() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'skep-auth-'));
  const database = path.join(dir, 'skep.db');
  await applyMigrations({ database, copies: path.join(dir, 'copies') });
  const db: Db = await openDatabase(database);
  const clock = { ms: 0, wall: () => new Date(Date.now() + clock.ms) };
  const secretFile = path.join(dir, 'auth');
  const auth = await createAuth({ prisma: db, secretFile, monotonicNow: () => clock.ms, now: clock.wall });
  return {
    auth,
    db,
    clock,
    secretFile,
    async close() {
      auth.close();
      await db.$disconnect();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

export type TestAuth = Awaited<ReturnType<typeof makeAuth>>;

/** A browser at one address. */
export function makeBrowser({ auth }: TestAuth, address = '192.168.1.5', origin = 'http://localhost:7537') {
  let cookie = '';
  return {
    headers: () => new Headers({ cookie }),
    session: () => auth.session(new Headers({ cookie })),
    cookie: () => cookie,
    async post(endpoint: string, body: unknown, headers: Record<string, string> = {}) {
      const response = await auth.handle(
        new Request(`http://localhost:7537/api/auth${endpoint}`, {
          method: 'POST',
          headers: {
            host: 'localhost:7537',
            origin,
            'content-type': 'application/json',
            'x-skep-client-address': address,
            ...(cookie ? { cookie } : {}),
            ...headers,
          },
          body: JSON.stringify(body),
        }),
      );
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        cookie = /max-age=0/i.test(line) ? '' : pair;
      }
      return { status: response.status, headers: response.headers, body: (await response.json()) as AuthBody };
    },
  };
}

interface AuthBody {
  name?: string;
  error?: { code: string; message: string; fields?: Record<string, string> };
}

export const ADMIN = { name: 'Admin', password: 'correct horse battery' };

/** Sets up the administrator with a link, as the first browser does. */
export async function setUpAdministrator(test: TestAuth) {
  const { token } = await test.auth.issueLink();
  const browser = makeBrowser(test);
  const answer = await browser.post('/setup', { token, ...ADMIN });
  if (answer.status !== 200) throw new Error(`Set-up failed: ${JSON.stringify(answer.body)}`);
  return browser;
}
