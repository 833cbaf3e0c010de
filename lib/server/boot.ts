/**
 * Brings the core up: home → lock → migrations → database → sign-in → VMs (found, and those that run re-attached).
 */
import path from 'node:path';
import { createAuth } from '../core/auth';
import { createVmm, type RunningVmm } from '../core/create-vmm';
import { openDatabase } from '../core/db';
import { freeBytes, prepareHome } from '../core/home';
import { takeLock, type Lock } from '../core/lock';
import { applyMigrations } from '../core/migrate';
import { createSettings } from '../core/settings';
import type { HomePaths } from '../core/types';
import { lookUpRunAs, type RunAs } from '../qemu/run-as';

/** Below this SQLite, logs and run directories may fail to write. */
const LITTLE_SPACE_BYTES = 256 * 1024 * 1024;

export interface OwnedHome {
  paths: HomePaths;
  runAs: RunAs | null;
  lock: Lock;
  warnings: string[];
}

/**
 * Makes the home ready and takes it for this process.
 *
 * @throws AppError with a sentence for the terminal
 */
export function ownHome(env: NodeJS.ProcessEnv): OwnedHome {
  const runAs = lookUpRunAs();
  const paths = prepareHome(env, runAs);
  const lock = takeLock(paths.lock);
  const free = freeBytes(paths.root);
  const warnings =
    free < LITTLE_SPACE_BYTES
      ? [`Only ${Math.floor(free / 1024 ** 2)} MiB are free at ${paths.root}: running VMs pause when it is full.`]
      : [];
  return { paths, runAs, lock, warnings };
}

/** @throws AppError with a sentence for the terminal */
export async function startCore(
  home: OwnedHome,
  options: { ownPort: number; qemuDir: string | undefined; version: string; build: string },
): Promise<RunningVmm> {
  const { paths, runAs, lock } = home;
  await applyMigrations({ database: paths.database, copies: paths.databaseCopies });
  const db = await openDatabase(paths.database);
  const auth = await createAuth({ prisma: db, secretFile: path.join(paths.secrets, 'auth') });
  const settings = await createSettings(db);
  const vmm = await createVmm({ ...options, home: paths, runAs, db, auth, settings });
  return {
    ...vmm,
    async close() {
      await vmm.close();
      auth.close();
      await db.$disconnect();
      lock.release();
    },
  };
}
