import { open } from 'node:fs/promises';

/** Returns when a file's bytes (or a folder's entries) are on the disk, and would survive a power cut. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
