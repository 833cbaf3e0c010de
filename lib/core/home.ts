/**
 * SKEP_HOME: where everything of Skep lies, who owns it, and with which mode.
 *
 *                       not root   root (QEMU runs as its own user)
 *   <home>/             0700       0710 root:qemu user   it may pass through, not list
 *   ├ lock, skep.sock   0600       0600 root
 *   ├ db/  db/copies/   0700       0700 root
 *   ├ secrets/          0700       0700 root
 *   ├ library/          0700       0750 root:qemu user   files 0640: it reads ISOs there, and cannot change them
 *   ├ trash/<id>/       0700       0700 root             what is inside keeps its owner
 *   ├ vms/<id>/         0700       0710 root:qemu user   each VM's own folder is 0700 and the QEMU user's
 *   └ run/<id>/<run>/   0700       0710 root:qemu user   the same; sockets, pidfile and log of one start
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunAs } from '../qemu/run-as';
import { AppError, errnoOf } from '../shared/errors';
import { repairModes } from './home-modes';
import type { HomePaths } from './types';

/** The longest path that the kernel takes for a unix socket (`sun_path`, unix(7)), without the final zero byte. */
const MAX_SOCKET_PATH_BYTES = 107;
/** The longest socket path below the home: a run directory's rescue monitor. */
const LONGEST_SOCKET = '/run/12345678/12345678/rescue';

/**
 * Where the home is: `SKEP_HOME`, else /var/lib/skep for root, else `skep` in the user's data directory (XDG).
 */
export function homeRoot(env: NodeJS.ProcessEnv, isRoot = process.getuid?.() === 0): string {
  if (env['SKEP_HOME']) return path.resolve(env['SKEP_HOME']);
  if (isRoot) return '/var/lib/skep';
  const data = env['XDG_DATA_HOME'];
  return path.join(data && path.isAbsolute(data) ? data : path.join(os.homedir(), '.local', 'share'), 'skep');
}

/** All paths of a home. Pure. */
export function homePaths(root: string): HomePaths {
  const at = (...parts: string[]) => path.join(root, ...parts);
  return {
    root,
    lock: at('lock'),
    socket: at('skep.sock'),
    database: at('db', 'skep.db'),
    databaseCopies: at('db', 'copies'),
    secrets: at('secrets'),
    library: at('library'),
    vms: at('vms'),
    trash: at('trash'),
    run: at('run'),
  };
}

/**
 * Makes the home ready: sets the umask to 077, creates what is missing, gives every directory the owner and mode
 * of the table above, and takes away rights that files below it should not have.
 *
 * @param runAs the user of the QEMU processes when Skep runs as root, else null
 * @throws AppError `host_missing` with what stands in the way: path too long, not writable, not reachable for `runAs`
 */
export function prepareHome(env: NodeJS.ProcessEnv, runAs: RunAs | null): HomePaths {
  process.umask(0o077);
  const root = homeRoot(env);
  checkRootLength(root);
  const paths = homePaths(root);
  const shared = runAs ? { mode: 0o710, gid: runAs.gid } : { mode: 0o700 };
  try {
    if (makeDirectory(root, { ...shared, recursive: true })) checkAncestors(root, runAs);
    fs.accessSync(root, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    for (const dir of [path.dirname(paths.database), paths.databaseCopies, paths.secrets, paths.trash])
      makeDirectory(dir, { mode: 0o700 });
    for (const dir of [paths.vms, paths.run]) makeDirectory(dir, shared);
    makeDirectory(paths.library, runAs ? { mode: 0o750, gid: runAs.gid } : { mode: 0o700 });
    repairModes(paths, runAs);
  } catch (error) {
    throw toHomeError(root, error);
  }
  return paths;
}

/** Bytes free for this user on the file system of `dir`. */
export function freeBytes(dir: string): number {
  const { bavail, bsize } = fs.statfsSync(dir);
  return bavail * bsize;
}

/**
 * The first directory above `root` that `user` may not pass through, or null when all let it through.
 * Looks at owner, group and mode only.
 */
export function findBlockedAncestor(root: string, user: Pick<RunAs, 'uid' | 'gid'>): string | null {
  for (let dir = path.dirname(root); ; dir = path.dirname(dir)) {
    const { uid, gid, mode } = fs.statSync(dir);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return dir;
    if (dir === path.dirname(dir)) return null;
  }
}

function checkRootLength(root: string): void {
  const excess = Buffer.byteLength(root + LONGEST_SOCKET) - MAX_SOCKET_PATH_BYTES;
  if (excess <= 0) return;
  throw new AppError(
    'host_missing',
    `The path of Skep's home, ${root}, is ${excess} bytes too long: unix sockets inside it may have at most ` +
      `${MAX_SOCKET_PATH_BYTES} bytes. Set SKEP_HOME to a shorter path.`,
  );
}

function checkAncestors(root: string, runAs: RunAs | null): true {
  const blocked = runAs && findBlockedAncestor(root, runAs);
  if (!blocked) return true;
  throw new AppError(
    'host_missing',
    `QEMU runs as the user ${runAs.user}, which may not enter ${blocked}, so it cannot reach Skep's ` +
      `home ${root}. Set SKEP_HOME to another place, such as /var/lib/skep.`,
  );
}

/** Creates a directory when it is missing, and gives it its owner and mode when they differ. */
function makeDirectory(dir: string, want: { mode: number; gid?: number; recursive?: boolean }): true {
  try {
    fs.mkdirSync(dir, { mode: want.mode, recursive: want.recursive ?? false });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
  const { mode, gid } = fs.statSync(dir);
  if (want.gid !== undefined && gid !== want.gid) fs.chownSync(dir, process.getuid?.() ?? 0, want.gid);
  if ((mode & 0o7777) !== want.mode) fs.chmodSync(dir, want.mode);
  return true;
}

function toHomeError(root: string, error: unknown): unknown {
  const code = errnoOf(error);
  if (!code || error instanceof AppError) return error;
  const reasons: Record<string, string> = {
    EACCES: 'this user may not write there',
    EPERM: 'it belongs to another user',
    EROFS: 'its file system is read-only',
    ENOSPC: 'its file system is full',
    ENOTDIR: 'a part of the path is a file',
    EEXIST: 'a part of the path is a file',
  };
  return new AppError(
    'host_missing',
    `Skep cannot use its home ${root}: ${reasons[code] ?? code}. Set SKEP_HOME to a folder that this user owns.`,
    { details: error instanceof Error ? error.message : String(error), cause: error },
  );
}
