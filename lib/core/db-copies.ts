import fs from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';

/** Older ones are deleted. */
export const COPIES_KEPT = 10;
const COPY_EVERY_MS = 24 * 3600 * 1000;
const COPY_NAME = /^skep-\d{8}T\d{9}Z\.db$/;

/**
 * Copies an open database into a folder through SQLite's online backup, which sees one consistent state.
 * The copy gets its name when it is complete; the newest ten are kept.
 *
 * @returns the path of the copy
 */
export async function copyDatabase(db: Database.Database, folder: string, now: Date): Promise<string> {
  const copy = path.join(folder, `skep-${now.toISOString().replace(/[-:.]/g, '')}.db`);
  const unfinished = `${copy}.part`;
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  await db.backup(unfinished);
  fs.chmodSync(unfinished, 0o600);
  syncFile(unfinished);
  fs.renameSync(unfinished, copy);
  for (const old of listCopies(folder).slice(COPIES_KEPT)) fs.rmSync(old);
  return copy;
}

/**
 * Makes a copy when the newest one is older than a day, so that a damaged file never costs much.
 *
 * @returns the path of the copy, or null when none was due
 */
export async function copyWhenDue(db: Database.Database, folder: string, now: Date): Promise<string | null> {
  const newest = newestCopy(folder);
  if (newest && now.getTime() - fs.statSync(newest).mtimeMs < COPY_EVERY_MS) return null;
  return copyDatabase(db, folder, now);
}

/** The copies of a folder, newest first. */
export function listCopies(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => COPY_NAME.test(name));
  return names
    .sort()
    .reverse()
    .map((name) => path.join(folder, name));
}

/** The newest copy, or null. */
export function newestCopy(folder: string): string | null {
  return listCopies(folder)[0] ?? null;
}

function syncFile(file: string): void {
  const handle = fs.openSync(file, 'r+');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
