import fs from 'node:fs';
import path from 'node:path';
import { errnoOf } from '../shared/errors';
import type { HomePaths } from './types';

/**
 * Takes away the rights of group and others from everything below the home (T-74), for instance after a restored
 * backup or a file copied in by hand. Symbolic links are not followed. The directories that `home.ts` shares with
 * the QEMU user keep their group; files of the library get 0640 so that the QEMU user can read them.
 *
 * @param runAs the user of the QEMU processes when Skep runs as root, else null
 */
export function repairModes(paths: HomePaths, runAs: { gid: number } | null): void {
  const shared = new Set(runAs ? [paths.root, paths.vms, paths.run, paths.library] : []);
  for (const entry of entriesBelow(paths.root)) {
    if (shared.has(entry)) continue;
    const inLibrary = runAs !== null && entry.startsWith(paths.library + path.sep);
    repairEntry(entry, inLibrary ? runAs.gid : null);
  }
}

function* entriesBelow(dir: string): Generator<string> {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const full = path.join(dir, entry.name);
    yield full;
    if (entry.isDirectory()) yield* entriesBelow(full);
  }
}

function repairEntry(entry: string, readerGid: number | null): void {
  try {
    const { mode, uid, gid } = fs.lstatSync(entry);
    const group = readerGid === null ? 0 : 0o040 | (fs.lstatSync(entry).isDirectory() ? 0o010 : 0);
    const want = (mode & 0o700) | group;
    if (readerGid !== null && gid !== readerGid) fs.lchownSync(entry, uid, readerGid);
    if ((mode & 0o7777) !== want) fs.chmodSync(entry, want);
  } catch (error) {
    // A running QEMU may remove its own sockets meanwhile.
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}
