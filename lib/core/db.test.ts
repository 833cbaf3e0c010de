import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Prisma } from '../generated/prisma/client';
import { openDatabase, type Db } from './db';
import { applyMigrations } from './migrate';

let dir: string;
let file: string;
let db: Db;
beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'skep-db-'));
  file = path.join(dir, 'skep.db');
  await applyMigrations({ database: file, copies: path.join(dir, 'copies') });
  db = await openDatabase(file);
});
afterAll(async () => {
  await db.$disconnect();
  fs.rmSync(dir, { recursive: true, force: true });
});

describe('openDatabase', () => {
  it.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['busy_timeout', 5000],
    ['foreign_keys', 1],
  ])('runs with %s = %s', async (pragma, expected) => {
    const rows = await db.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${pragma}`);
    const [value] = Object.values(rows[0] ?? {});
    expect(typeof value === 'bigint' ? Number(value) : value).toBe(expected);
  });

  it('refuses rows that refer to nothing', async () => {
    const event = { vmId: 'nobody', kind: 'info', message: 'x' };
    await expect(db.vmEvent.create({ data: event })).rejects.toThrow(/[Ff]oreign key/);
  });
});

/** The columns that the models of prisma/schema.prisma ask for, by table, as `name type null`. */
function modelColumns(): Record<string, string[]> {
  const schema = fs.readFileSync(path.join(process.cwd(), 'prisma', 'schema.prisma'), 'utf8');
  const types: Record<string, string> = {
    String: 'TEXT',
    Int: 'INTEGER',
    BigInt: 'BIGINT',
    Boolean: 'BOOLEAN',
    DateTime: 'DATETIME',
  };
  const tables: Record<string, string[]> = {};
  for (const [, table, body] of schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)) {
    tables[table!] = [...body!.matchAll(/^ {2}(\w+) +(\w+)(\?)?( |$)/gm)]
      .filter(([, , type]) => types[type!])
      .map(([, name, type, optional]) => `${name} ${types[type!]} ${optional ? 'null' : 'not null'}`)
      .sort();
  }
  return tables;
}

describe('the migrations and the schema', () => {
  it('have the same tables and columns', () => {
    const raw = new Database(file, { readonly: true });
    const names = raw
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_%' ESCAPE '\\'`,
      )
      .pluck()
      .all();
    const columns = (table: string) =>
      (raw.pragma(`table_info("${table}")`) as { name: string; type: string; notnull: number }[])
        .map((column) => `${column.name} ${column.type} ${column.notnull ? 'not null' : 'null'}`)
        .sort();
    const actual = Object.fromEntries(names.map((name) => [name, columns(name)]));
    raw.close();
    expect(actual).toEqual(modelColumns());
    expect(Object.keys(actual).sort()).toEqual(Object.values(Prisma.ModelName).sort());
  });

  it('have the same unique columns and indexes', () => {
    const schema = fs.readFileSync(path.join(process.cwd(), 'prisma', 'schema.prisma'), 'utf8');
    const wanted = [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].flatMap(([, table, body]) => [
      ...[...body!.matchAll(/^ {2}(\w+) .*@unique/gm)].map(([, column]) => `${table}_${column}_key`),
      ...[...body!.matchAll(/@@unique\(\[(.*?)\]\)/g)].map(([, list]) => `${table}_${list!.split(', ').join('_')}_key`),
      ...[...body!.matchAll(/@@index\(\[(.*?)\]\)/g)].map(([, list]) => `${table}_${list!.split(', ').join('_')}_idx`),
    ]);
    const raw = new Database(file, { readonly: true });
    const actual = raw
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`)
      .pluck()
      .all();
    raw.close();
    expect(actual.sort()).toEqual(wanted.sort());
  });
});
