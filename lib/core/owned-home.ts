/** A home that is ready and belongs to this process alone: what everything else stands on. */
import { lookUpRunAs, type RunAs } from '../qemu/run-as';
import { freeBytes, prepareHome } from './home';
import { takeLock, type Lock } from './lock';
import type { HomePaths } from './types';

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
