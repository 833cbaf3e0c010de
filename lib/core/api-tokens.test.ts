import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApiTokens } from './api-tokens';
import { makeAuth, type TestAuth } from './testing-auth';
import type { Actor, SessionEnd } from './types';

const DAY_MS = 24 * 3600 * 1000;
const ANNA: Actor = { userId: 'u1', name: 'anna' };
const BEN: Actor = { userId: 'u2', name: 'ben' };

let world: TestAuth;
beforeEach(async () => {
  world = await makeAuth();
  for (const { userId, name } of [ANNA, BEN])
    await world.db.user.create({ data: { id: userId, name, email: `${name}@skep.invalid` } });
});
afterEach(() => world.close());

it('is shown once, and only its hash is kept', async () => {
  const { tokens } = world.auth;
  const made = await tokens.create(ANNA, { name: 'backup', expiresInDays: 30 });
  expect(made.token).toMatch(/^skep_[A-Za-z0-9_-]{43}$/);
  expect(made.token.startsWith(made.hint)).toBe(true);
  const rows = JSON.stringify(await world.db.apiToken.findMany());
  expect(rows).not.toContain(made.token.slice(made.hint.length));
  expect(rows).toContain(createHash('sha256').update(made.token).digest('hex'));
  expect(tokens.list(ANNA)).toMatchObject([{ name: 'backup', isExpired: false, lastUsedAt: null }]);
  expect(JSON.stringify(tokens.list(ANNA))).not.toContain(made.token);
});

it('stands for its user until it expires', async () => {
  const { tokens } = world.auth;
  const { token, id } = await tokens.create(ANNA, { name: 'ci', expiresInDays: 1 });
  expect(tokens.check(token)).toEqual({ sessionId: `token:${id}`, userId: 'u1', name: 'anna (ci)' });
  expect(tokens.list(ANNA)[0]?.lastUsedAt).not.toBeNull();
  for (const wrong of ['', 'skep_', token.slice(0, -1), token.toUpperCase(), `${token} `])
    expect(tokens.check(wrong)).toBeNull();
  world.clock.ms += DAY_MS + 1;
  expect(tokens.check(token)).toBeNull();
  expect(tokens.list(ANNA)).toMatchObject([{ isExpired: true }]);
});

it('ends what it holds open when it is revoked', async () => {
  const { tokens } = world.auth;
  const ends: SessionEnd[] = [];
  world.auth.onSessionEnd((end) => ends.push(end));
  const { token, id } = await tokens.create(ANNA, { name: 'ci', expiresInDays: null });
  await tokens.revoke(ANNA, id);
  expect(ends).toEqual([{ sessionId: `token:${id}`, userId: 'u1' }]);
  expect(tokens.check(token)).toBeNull();
  await expect(tokens.revoke(ANNA, id)).rejects.toMatchObject({ code: 'not_found' });
});

it('is its user’s own (T-56)', async () => {
  const { tokens } = world.auth;
  const { id, token } = await tokens.create(ANNA, { name: 'ci', expiresInDays: null });
  expect(tokens.list(BEN)).toEqual([]);
  await expect(tokens.revoke(BEN, id)).rejects.toMatchObject({ code: 'not_found' });
  expect(tokens.check(token)).not.toBeNull();
  await tokens.create(BEN, { name: 'ci', expiresInDays: null });
  await expect(tokens.create(ANNA, { name: 'ci', expiresInDays: 1 })).rejects.toMatchObject({ code: 'already_exists' });
});

it('is known again after a restart, and tells once that it has expired', async () => {
  const { token } = await world.auth.tokens.create(ANNA, { name: 'ci', expiresInDays: 1 });
  const ends: SessionEnd[] = [];
  const again = await createApiTokens({ db: world.db, now: world.clock.wall, onEnd: (end) => ends.push(end) });
  expect(again.check(token)).toMatchObject({ userId: 'u1' });
  again.sweep();
  expect(ends).toEqual([]);
  world.clock.ms += DAY_MS + 1;
  again.sweep();
  again.sweep();
  expect(ends).toHaveLength(1);
});
