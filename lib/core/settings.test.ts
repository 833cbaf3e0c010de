import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../shared/settings';
import { openDatabase, type Db } from './db';
import { applyMigrations } from './migrate';
import { createSettings, fromRows } from './settings';

const actor = { userId: 'u', name: 'admin' };
let dir: string;
let db: Db;
beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'skep-settings-'));
  const database = path.join(dir, 'skep.db');
  await applyMigrations({ database, copies: path.join(dir, 'copies') });
  db = await openDatabase(database);
});
afterAll(async () => {
  await db.$disconnect();
  fs.rmSync(dir, { recursive: true, force: true });
});

describe('createSettings', () => {
  it('keeps changes over a restart, also those made at once', async () => {
    const first = await createSettings(db);
    expect(first.get()).toEqual(DEFAULT_SETTINGS);
    await Promise.all([
      first.update(actor, { allowedHosts: ['skep.lan', '[fd00::1]:8080'] }),
      first.update(actor, { shutdownTimeoutSeconds: 60 }),
    ]);
    const expected = { ...DEFAULT_SETTINGS, allowedHosts: ['skep.lan', '[fd00::1]:8080'], shutdownTimeoutSeconds: 60 };
    expect(first.get()).toEqual(expected);
    expect((await createSettings(db)).get()).toEqual(expected);
  });

  it('refuses what is no setting and keeps what was there', async () => {
    const settings = await createSettings(db);
    const before = settings.get();
    await expect(settings.update(actor, { allowedHosts: ['http://skep.lan/'] })).rejects.toThrow('no host name');
    await expect(settings.update(actor, { other: 1 } as object)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(settings.get()).toEqual(before);
  });
});

describe('fromRows', () => {
  it('leaves out rows that it cannot read', () => {
    const rows = [
      { key: 'allowedHosts', value: '{broken' },
      { key: 'gone', value: '1' },
      { key: 'shutdownTimeoutSeconds', value: '30' },
    ];
    expect(fromRows(rows)).toEqual({ ...DEFAULT_SETTINGS, allowedHosts: [], shutdownTimeoutSeconds: 30 });
  });
});
