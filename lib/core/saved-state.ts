/**
 * A VM's state on disk: `state.bin` (QEMU's migration stream) and `state.json` (what it was made with).
 * `state.bin` gets its name last, so a state is there exactly when it is whole.
 */
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../shared/errors';
import { vmSpec } from '../shared/vm';

const savedRecord = z.object({
  accelerator: z.enum(['kvm', 'tcg']),
  qemuVersion: z.string(),
  spec: vmSpec,
});
export type SavedRecord = z.infer<typeof savedRecord>;

export function stateFile(folder: string): string {
  return join(folder, 'state.bin');
}

function usedFile(folder: string): string {
  return join(folder, 'state.used');
}

/** When the state was saved, or null when there is none. */
export async function findSavedState(folder: string): Promise<Date | null> {
  const info = await stat(stateFile(folder)).catch(() => null);
  return info?.mtime ?? null;
}

/** Written before the state itself: a state without it could not be restored. */
export async function writeSavedRecord(folder: string, record: SavedRecord): Promise<void> {
  await writeFile(join(folder, 'state.json'), JSON.stringify(record), { mode: 0o600 });
}

/** What the saved VM was started with. @throws AppError `internal` when it cannot be read */
export async function readSavedRecord(folder: string): Promise<SavedRecord> {
  try {
    return savedRecord.parse(JSON.parse(await readFile(join(folder, 'state.json'), 'utf8')));
  } catch (error) {
    throw new AppError('internal', 'The saved state cannot be read. Discard it to start the VM afresh.', {
      details: String(error),
    });
  }
}

/**
 * Takes the state's name away before the guest runs on: from then on the disks move ahead of it, and a state that
 * is older than its disks would destroy them.
 */
export async function retireSavedState(folder: string): Promise<void> {
  await rename(stateFile(folder), usedFile(folder));
}

/** Removes a saved state, its record last. */
export async function removeSavedState(folder: string): Promise<void> {
  await rm(stateFile(folder), { force: true });
  await rm(usedFile(folder), { force: true });
  await rm(join(folder, 'state.json'), { force: true });
}
