/**
 * What a crash in the middle of `Incoming.publish` left: a part file gets its name by a link, so the file of that name
 * is the same inode. A task that stores the inode before it publishes can tell afterwards whether it had.
 */
import { lstat, type FileHandle } from 'node:fs/promises';

/** Names a file, whatever it is called. */
export async function inodeOf(handle: FileHandle): Promise<string> {
  const { dev, ino } = await handle.stat({ bigint: true });
  return `${dev}:${ino}`;
}

/** True when the file at `path` is the one that `inodeOf` named. */
export async function isInode(path: string, inode: string): Promise<boolean> {
  const info = await lstat(path, { bigint: true }).catch(() => null);
  return info !== null && `${info.dev}:${info.ino}` === inode;
}
