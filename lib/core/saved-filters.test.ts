import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Db } from './db';
import { applyMigrations } from './migrate';
import { SavedFilters } from './saved-filters';

const anna = { userId: 'u1', name: 'anna' };
const ben = { userId: 'u2', name: 'ben' };
let root: string;
let db: Db;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'skep-filters-'));
  const database = join(root, 'skep.db');
  await applyMigrations({ database, copies: join(root, 'copies') });
  db = await openDatabase(database);
});
afterAll(async () => {
  await db.$disconnect();
  rmSync(root, { recursive: true, force: true });
});

it('keeps the filters of each user apart, with one default at most', async () => {
  const filters = new SavedFilters(db);
  await filters.save(anna, { name: 'Running', query: 'status=running', isDefault: true });
  const [, web] = await filters.save(anna, { name: 'Web', query: 'tag=web', isDefault: true });
  await filters.save(ben, { name: 'Running', query: 'q=mine', isDefault: false });
  expect((await filters.list(anna)).map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ['Running', false],
    ['Web', true],
  ]);
  expect(await filters.list(ben)).toMatchObject([{ query: 'q=mine', isDefault: false }]);
  await expect(filters.update(ben, web?.id ?? '', { name: 'x' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(filters.remove(ben, web?.id ?? '')).rejects.toMatchObject({ code: 'not_found' });
});

it('replaces one of the same name, renames and deletes', async () => {
  const filters = new SavedFilters(db);
  const saved = await filters.save(anna, { name: 'Web', query: 'tag=www', isDefault: false });
  const web = saved.find(({ name }) => name === 'Web');
  expect(web).toMatchObject({ query: 'tag=www', isDefault: false });
  await expect(filters.update(anna, web?.id ?? '', { name: 'Running' })).rejects.toMatchObject({
    code: 'already_exists',
  });
  await filters.update(anna, web?.id ?? '', { name: 'Servers' });
  await filters.remove(anna, web?.id ?? '');
  expect((await filters.list(anna)).map(({ name }) => name)).toEqual(['Running']);
});
