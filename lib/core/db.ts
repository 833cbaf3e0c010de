/**
 * The database: SQLite through Prisma, one connection, one writer.
 */
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaClient } from '../generated/prisma/client';

export type Db = PrismaClient;

/** How long a statement waits for another process' lock, such as a copy tool's. */
const BUSY_TIMEOUT_MS = 5000;

/**
 * WAL: readers and the writer do not wait for each other, and a killed process leaves a good database.
 * FULL: what was acknowledged is on the disk even when the power fails (with NORMAL the last commits may vanish).
 * See https://www.sqlite.org/pragma.html#pragma_synchronous.
 */
export const CONNECTION_PRAGMAS = [
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = FULL',
  `PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`,
  'PRAGMA foreign_keys = ON',
];

/** Sets the pragmas on every connection that Prisma opens; all but the first are forgotten with the connection. */
class DurableSqlite extends PrismaBetterSqlite3 {
  override async connect() {
    const connection = await super.connect();
    await connection.executeScript(CONNECTION_PRAGMAS.join(';'));
    return connection;
  }
}

/**
 * Opens the database. Its tables must be there: run `applyMigrations` first.
 *
 * @param path the database file
 */
export async function openDatabase(path: string): Promise<Db> {
  const prisma = new PrismaClient({ adapter: new DurableSqlite({ url: `file:${path}`, timeout: BUSY_TIMEOUT_MS }) });
  await prisma.$connect();
  return prisma;
}
