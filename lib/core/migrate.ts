/**
 * Applies prisma/migrations at start, in Prisma's own layout and with Prisma's own records, so that Prisma's tools
 * can read the database. We do it ourselves because Prisma's schema engine is downloaded at run time, and the
 * server must start offline.
 *
 *   <date>_<name>/migration.sql  ──▶  one transaction: the SQL and its row in _prisma_migrations
 *
 * What is cut short leaves the old state: the transaction is rolled back, and the row is not there.
 */
import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { AppError } from '../shared/errors';
import { copyDatabase, copyWhenDue, newestCopy } from './db-copies';

export interface Migration {
  /** The folder's name; migrations apply in the order of their names. */
  name: string;
  sql: string;
  /** SHA-256 of the SQL as hex, as Prisma records it. */
  checksum: string;
}

interface MigrateOptions {
  database: string;
  /** Where the database is copied before it is changed. */
  copies: string;
  migrations?: Migration[];
  now?: () => Date;
}

/** Prisma's own table, as its schema engine creates it for SQLite. */
const RECORDS_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/**
 * Brings the database to this program's version; creates it when it is missing. It is copied before it is changed,
 * and otherwise once a day: it has just been found to be good.
 *
 * @returns the names of the migrations that were applied now
 * @throws AppError `host_missing` when the file is damaged, was changed by a newer Skep, or a migration fails;
 *   the database is then as it was
 */
export async function applyMigrations(options: MigrateOptions): Promise<string[]> {
  const migrations = options.migrations ?? readMigrations(findMigrationsFolder());
  const existed = fs.existsSync(options.database) && fs.statSync(options.database).size > 0;
  const db = openForMigration(options);
  try {
    const pending = pendingMigrations(appliedMigrations(db), migrations);
    const now = (options.now ?? (() => new Date()))();
    if (existed && pending.length > 0) await copyDatabase(db, options.copies, now);
    else if (existed) await copyWhenDue(db, options.copies, now);
    if (pending.length === 0) return [];
    db.exec(RECORDS_TABLE);
    for (const migration of pending) applyOne(db, migration);
    return pending.map((migration) => migration.name);
  } finally {
    db.close();
  }
}

/** Reads the migrations of a folder, in the order in which they apply. */
export function readMigrations(folder: string): Migration[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = fs.readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/** prisma/migrations of this program: above this file, which may be bundled, or else below the working directory. */
export function findMigrationsFolder(): string {
  const starts = [path.dirname(fileURLToPath(import.meta.url)), process.cwd()];
  for (const start of starts) {
    for (let dir = start; ; dir = path.dirname(dir)) {
      const folder = path.join(dir, 'prisma', 'migrations');
      if (fs.existsSync(folder)) return folder;
      if (dir === path.dirname(dir)) break;
    }
  }
  throw new AppError('internal', 'The folder prisma/migrations is missing. Install Skep again.');
}

/**
 * What is still to apply. Pure.
 *
 * @throws AppError `host_missing` when the database has migrations that this program does not know, or other ones
 */
export function pendingMigrations(
  applied: readonly Pick<Migration, 'name' | 'checksum'>[],
  known: readonly Migration[],
): Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const done of applied) {
    const migration = byName.get(done.name);
    if (!migration)
      throw new AppError(
        'host_missing',
        `The database was changed by a newer Skep (${done.name}). Start that version again, ` +
          'or put back a copy of the database from before the upgrade (the folder db/copies of the home).',
      );
    if (migration.checksum !== done.checksum)
      throw new AppError(
        'host_missing',
        `The database was made by another build of Skep: its migration ${done.name} differs from this program's. ` +
          'Start the build that made it, or put back a copy of the database (the folder db/copies of the home).',
      );
  }
  const names = new Set(applied.map((migration) => migration.name));
  return known.filter((migration) => !names.has(migration.name));
}

function openForMigration({ database, copies }: MigrateOptions): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(database, { timeout: 5000 });
    fs.chmodSync(database, 0o600);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    const problem = db.pragma('quick_check(1)', { simple: true });
    if (problem !== 'ok') throw new Database.SqliteError(String(problem), 'SQLITE_CORRUPT');
    return db;
  } catch (error) {
    db?.close();
    throw toDatabaseError(database, copies, error);
  }
}

function toDatabaseError(database: string, copies: string, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  if (!/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) {
    return new AppError('host_missing', `Skep cannot open its database ${database}. Its own words are below.`, {
      details: `${error.code}: ${error.message}`,
      cause: error,
    });
  }
  const copy = newestCopy(copies);
  return new AppError(
    'host_missing',
    `The database ${database} is damaged. ` +
      (copy
        ? `Put the newest good copy, ${copy}, in its place (and delete ${path.basename(database)}-wal and -shm), then start again.`
        : 'There is no copy of it yet. Move it away and start again: the disks of the VMs are not touched.'),
    { details: error.message, cause: error },
  );
}

function appliedMigrations(db: Database.Database): { name: string; checksum: string }[] {
  const table = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = '_prisma_migrations'`).get();
  if (!table) return [];
  return db
    .prepare<[], { name: string; checksum: string }>(
      `SELECT migration_name AS name, checksum FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
    )
    .all();
}

function applyOne(db: Database.Database, migration: Migration): void {
  // Prisma's SQL rebuilds tables to alter them, which foreign keys would turn into deletes; this pragma is
  // ignored inside a transaction.
  db.pragma('foreign_keys = OFF');
  const startedAt = Date.now();
  const record = `INSERT INTO _prisma_migrations
    (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)`;
  try {
    db.transaction(() => {
      db.exec(migration.sql);
      const broken = db.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0) throw new Error(`${broken.length} rows refer to rows that are gone`);
      db.prepare(record).run(randomUUID(), migration.checksum, migration.name, startedAt, Date.now());
    }).immediate();
  } catch (error) {
    throw new AppError(
      'host_missing',
      `The database could not be brought to this version (${migration.name}). It is as it was before; ` +
        'the version of Skep that you had goes on with it.',
      { details: error instanceof Error ? error.message : String(error), cause: error },
    );
  }
}
