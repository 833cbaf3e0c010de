/**
 * Brings the core up: home → lock → migrations → database → sign-in → VMs (found, and those that run re-attached).
 */
import path from 'node:path';
import { createAuth } from '../core/auth';
import { createVmm, type RunningVmm } from '../core/create-vmm';
import { openDatabase } from '../core/db';
import { applyMigrations } from '../core/migrate';
import type { OwnedHome } from '../core/owned-home';
import { createSettings } from '../core/settings';

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
