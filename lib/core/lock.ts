/**
 * One server per home (F-11).
 *
 * The lock is SQLite's own file lock on an empty file, held for life: the kernel gives it back when the process
 * ends in any way, kill -9 included, so that there is nothing stale to clean up, and no process id to mistake.
 */
import fs from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../shared/errors';

/** Two that start together may see each other's attempt; the one that has it half is waited for. */
const RACE_TIMEOUT_MS = 400;

export interface Lock {
  /** Gives the lock back. Ending the process does the same. */
  release(): void;
}

/**
 * Takes the exclusive lock of a home, or fails within half a second.
 *
 * @param path the lock file; created when missing
 * @throws AppError `busy` with the process id of the server that has it; `host_missing` when files there cannot be locked
 */
export function takeLock(path: string): Lock {
  const file = new Database(path, { timeout: RACE_TIMEOUT_MS });
  try {
    fs.chmodSync(path, 0o600);
    // Locks and writes nothing: an empty file is an empty database, and it stays one.
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (!(error instanceof Database.SqliteError)) throw error;
    if (!error.code.startsWith('SQLITE_BUSY')) throw cannotLock(path, error);
    const holder = findLockHolder(path);
    throw new AppError(
      'busy',
      `Skep already runs with this home${holder ? ` (process ${holder})` : ''}. ` +
        'Stop it first, or set SKEP_HOME to another folder.',
    );
  }
  // Also keeps the connection, and with it the lock, from being garbage collected.
  const close = () => void file.close();
  process.once('exit', close);
  return {
    release() {
      process.off('exit', close);
      close();
    },
  };
}

function cannotLock(path: string, error: Error): AppError {
  return new AppError(
    'host_missing',
    `Skep cannot lock its home: ${path} does not take a lock. Delete that file if it is not empty; if the home lies ` +
      'on a network file system without locks, set SKEP_HOME to a local folder.',
    { details: error.message, cause: error },
  );
}

/** The process that holds a file lock on `path`, from the kernel's table (proc_locks(5)); null when it does not say. */
function findLockHolder(path: string): number | null {
  try {
    const { ino } = fs.statSync(path);
    for (const line of fs.readFileSync('/proc/locks', 'utf8').split('\n')) {
      const [, kind, , access, pid, device] = line.trim().split(/\s+/);
      if (kind === 'POSIX' && access === 'WRITE' && device?.split(':')[2] === String(ino)) return Number(pid) || null;
    }
  } catch {
    // No /proc: the sentence does without the process id.
  }
  return null;
}
