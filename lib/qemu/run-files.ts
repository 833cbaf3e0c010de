/**
 * The files in a QEMU's run directory. There is a fresh directory for each start, it is QEMU's working directory,
 * and QEMU is given these names as they are: socket paths may have 107 bytes, names relative to it always fit.
 */
import { join } from 'node:path';
import { AppError } from '../shared/errors';

export const RUN_FILES = {
  /** The monitor of the core. */
  qmp: 'qmp',
  /** A second monitor, for when the first does not answer. */
  rescue: 'rescue',
  serial: 'serial0',
  vnc: 'vnc',
  pid: 'pid',
  /** The saved state passes through it, in either direction. */
  state: 'state',
} as const;

/** Longest path of a unix socket on Linux, in bytes. */
export const MAX_SOCKET_PATH_BYTES = 107;

/**
 * Checks that Skep can reach the sockets of a run directory by their absolute paths.
 *
 * @throws AppError `host_missing` when the path is too long
 */
export function checkRunDir(runDir: string): void {
  const longest = Math.max(...Object.values(RUN_FILES).map((name) => Buffer.byteLength(join(runDir, name))));
  if (longest <= MAX_SOCKET_PATH_BYTES) return;
  const excess = longest - MAX_SOCKET_PATH_BYTES;
  throw new AppError(
    'host_missing',
    `The folder of Skep's data has too long a path for sockets. Choose a SKEP_HOME that is ${excess} bytes shorter.`,
    { details: runDir },
  );
}
