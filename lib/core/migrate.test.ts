import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COPIES_KEPT, copyDatabase, listCopies } from './db-copies';
import { applyMigrations, findMigrationsFolder, pendingMigrations, readMigrations, type Migration } from './migrate';

let dir: string;
let database: string;
let copies: string;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'skep-migrate-'));
  database = path.join(dir, 'skep.db');
  copies = path.join(dir, 'copies');
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

const step = (name: string, sql: string): Migration => ({ name, sql, checksum: `sum of ${name}` });
const one = step('1_one', 'CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);');
const two = step('2_two', 'ALTER TABLE a ADD COLUMN y INTEGER; INSERT INTO a VALUES (2, 2);');
const bad = step('3_bad', 'CREATE TABLE b (x INTEGER); INSERT INTO nowhere VALUES (1);');

const migrate = (...migrations: Migration[]) => applyMigrations({ database, copies, migrations });
function query(sql: string): unknown[] {
  const db = new Database(database, { readonly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

describe('applyMigrations', () => {
  it('creates, goes on where it left off, and does nothing the second time', async () => {
    expect(await migrate(one)).toEqual(['1_one']);
    expect(listCopies(copies)).toEqual([]);
    expect(await migrate(one, two)).toEqual(['2_two']);
    expect(await migrate(one, two)).toEqual([]);
    expect(query('SELECT x, y FROM a')).toEqual([
      { x: 1, y: null },
      { x: 2, y: 2 },
    ]);
  });

  it('copies the database before it changes it', async () => {
    await migrate(one);
    await migrate(one, two);
    const [copy] = listCopies(copies);
    const db = new Database(copy!, { readonly: true });
    expect(db.prepare('SELECT * FROM a').all()).toEqual([{ x: 1 }]);
    db.close();
    expect(fs.statSync(copy!).mode & 0o077).toBe(0);
  });

  it('copies a good database once a day', async () => {
    await migrate(one);
    await migrate(one);
    expect(listCopies(copies)).toHaveLength(1);
    await migrate(one);
    expect(listCopies(copies)).toHaveLength(1);
    const tomorrow = new Date(Date.now() + 25 * 3600 * 1000);
    await applyMigrations({ database, copies, migrations: [one], now: () => tomorrow });
    expect(listCopies(copies)).toHaveLength(2);
  });

  it('keeps the newest copies only', async () => {
    await migrate(one);
    const db = new Database(database);
    for (let i = 0; i < COPIES_KEPT + 3; i++) await copyDatabase(db, copies, new Date(1_000_000 * i));
    db.close();
    expect(listCopies(copies)).toHaveLength(COPIES_KEPT);
    expect(path.basename(listCopies(copies)[0]!)).toBe('skep-19700101T032000000Z.db');
  });

  it('leaves the old state when a migration fails', async () => {
    await migrate(one);
    await expect(migrate(one, two, bad)).rejects.toThrow('could not be brought to this version (3_bad)');
    expect(query(`SELECT name FROM sqlite_schema WHERE name = 'b'`)).toEqual([]);
    expect(query('SELECT migration_name FROM _prisma_migrations ORDER BY 1')).toEqual([
      { migration_name: '1_one' },
      { migration_name: '2_two' },
    ]);
  });

  it('leaves the old state when the process is killed in the middle', async () => {
    await migrate(one);
    const script = `
      const Database = require('better-sqlite3');
      const db = new Database(process.argv[1]);
      db.pragma('journal_mode = WAL');
      db.exec('BEGIN IMMEDIATE; DROP TABLE a; CREATE TABLE half (x); INSERT INTO half SELECT 1;');
      console.log('in the middle');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['-e', script, database], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await migrate(one, two)).toEqual(['2_two']);
    expect(query('SELECT x FROM a')).toEqual([{ x: 1 }, { x: 2 }]);
  });

  it('refuses a damaged file and names the newest copy', async () => {
    fs.writeFileSync(database, 'this is no database, but it is longer than a header of one hundred bytes'.repeat(10));
    await expect(migrate(one)).rejects.toThrow('There is no copy of it yet');
    fs.mkdirSync(copies);
    fs.writeFileSync(path.join(copies, 'skep-20260101T000000000Z.db'), '');
    await expect(migrate(one)).rejects.toThrow('skep-20260101T000000000Z.db');
  });

  it('finds a damaged page', async () => {
    const many = step(
      '1_many',
      `CREATE TABLE a (x TEXT); ${`INSERT INTO a VALUES ('${'y'.repeat(3000)}');`.repeat(20)}`,
    );
    await migrate(many);
    const file = fs.openSync(database, 'r+');
    fs.writeSync(file, Buffer.alloc(3 * 4096, 0xa5), 0, 3 * 4096, 3 * 4096);
    fs.closeSync(file);
    await expect(migrate(many)).rejects.toThrow('is damaged');
  });
});

describe('pendingMigrations', () => {
  it('refuses a database of a newer program', () => {
    expect(() => pendingMigrations([one, two], [one])).toThrow('changed by a newer Skep (2_two)');
  });
  it('refuses a migration that was changed after it was applied', () => {
    expect(() => pendingMigrations([{ ...one, checksum: 'other' }], [one])).toThrow('differs from this program');
  });
});

describe('the migrations of this program', () => {
  it('are found above this file and have the checksum that Prisma would record', () => {
    const [first] = readMigrations(findMigrationsFolder());
    expect(first?.name).toBe('20261123000000_first');
    expect(first?.checksum).toMatch(/^[0-9a-f]{64}$/);
  });
});
