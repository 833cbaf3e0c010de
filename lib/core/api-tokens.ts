/**
 * Keys for scripts (T-40, T-56): 256 random bits, of which only the SHA-256 is kept.
 *
 *   create ──▶ skep_…      shown once
 *   check  ──▶ SHA-256 ──▶ known, not expired ──▶ a session in name: acts as its user until it is revoked
 *   revoke ──▶ its sockets and streams close at once
 *
 * All of them are held in memory: a script may ask a hundred times a second, and a token that is no token must not
 * cost a look into the database.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { AppError, errnoOf } from '../shared/errors';
import { parse } from '../shared/parse';
import { MAX_TOKENS, TOKEN_PREFIX, tokenCreate, type TokenView } from '../shared/token';
import type { Db } from './db';
import type { SessionEnd, TokenService } from './types';

const DAY_MS = 24 * 3600 * 1000;
/** Use is written down at most this often. */
const SEEN_EVERY_MS = 60 * 1000;
const HINT_LENGTH = TOKEN_PREFIX.length + 4;

interface Token {
  id: string;
  name: string;
  hash: string;
  hint: string;
  userId: string;
  userName: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  /** When its use was last written down. */
  writtenAt: number;
}

export interface ApiTokensOptions {
  db: Db;
  now: () => Date;
  /** Its sockets and streams must close. */
  onEnd(end: SessionEnd): void;
}

export interface ApiTokens extends TokenService {
  /** Ends what tokens that have expired meanwhile still hold open. */
  sweep(): void;
}

/** Reads the tokens there are. */
export async function createApiTokens({ db, now, onEnd }: ApiTokensOptions): Promise<ApiTokens> {
  const rows = await db.apiToken.findMany({ include: { user: { select: { name: true } } } });
  const byHash = new Map<string, Token>(
    rows.map(({ user, ...row }) => [row.hash, { ...row, userName: user.name, writtenAt: 0 }]),
  );
  const ended = new Set<string>();
  const ofUser = (userId: string) => [...byHash.values()].filter((token) => token.userId === userId);
  const isExpired = ({ expiresAt }: Token) => expiresAt !== null && expiresAt <= now();
  const end = ({ id, userId }: Token) => onEnd({ sessionId: sessionIdOf(id), userId });

  return {
    list: (actor) =>
      ofUser(actor.userId)
        .map((token) => toView(token, isExpired(token)))
        .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)),

    async create(actor, input) {
      const { name, expiresInDays } = parse(tokenCreate, input);
      refuseTooMany(ofUser(actor.userId).length);
      const text = TOKEN_PREFIX + randomBytes(32).toString('base64url');
      const expiresAt = expiresInDays === null ? null : new Date(now().getTime() + expiresInDays * DAY_MS);
      const data = { id: randomUUID(), name, hash: hashOf(text), hint: text.slice(0, HINT_LENGTH), createdAt: now() };
      const row = await insert(db, { ...data, userId: actor.userId, expiresAt });
      const token = { ...row, userName: actor.name, writtenAt: 0 };
      byHash.set(token.hash, token);
      return { ...toView(token, false), token: text };
    },

    async revoke(actor, id) {
      const token = ofUser(actor.userId).find((one) => one.id === id);
      if (!token) throw new AppError('not_found', 'There is no such token. It may be revoked already.');
      await db.apiToken.deleteMany({ where: { id } });
      byHash.delete(token.hash);
      end(token);
    },

    check(text) {
      const token = byHash.get(hashOf(text));
      if (!token || isExpired(token)) return null;
      const at = now();
      token.lastUsedAt = at;
      if (at.getTime() - token.writtenAt >= SEEN_EVERY_MS) writeSeen(db, token, at);
      return { sessionId: sessionIdOf(token.id), userId: token.userId, name: `${token.userName} (${token.name})` };
    },

    sweep() {
      for (const token of byHash.values()) {
        if (!isExpired(token) || ended.has(token.id)) continue;
        ended.add(token.id);
        end(token);
      }
    },
  };
}

/** A token's sockets and streams belong to a session in name. */
function sessionIdOf(id: string): string {
  return `token:${id}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function refuseTooMany(count: number): void {
  if (count < MAX_TOKENS) return;
  throw new AppError('wrong_state', `There are ${MAX_TOKENS} tokens already. Revoke those that nobody needs.`);
}

async function insert(db: Db, data: Parameters<Db['apiToken']['create']>[0]['data'] & { name: string }) {
  try {
    return await db.apiToken.create({ data });
  } catch (error) {
    if (errnoOf(error) === 'P2002')
      throw new AppError('already_exists', `There is already a token named ${data.name}. Choose another name.`);
    throw error;
  }
}

/** Nobody waits for it, and a full disk must not shut a script out. */
function writeSeen(db: Db, token: Token, at: Date): void {
  token.writtenAt = at.getTime();
  db.apiToken
    .updateMany({ where: { id: token.id }, data: { lastUsedAt: at } })
    .catch((error: unknown) => console.error('The use of a token could not be written down:', error));
}

function toView({ id, name, hint, createdAt, expiresAt, lastUsedAt }: Token, isExpired: boolean): TokenView {
  return {
    id,
    name,
    hint,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    isExpired,
  };
}
