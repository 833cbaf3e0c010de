/** The system user that QEMU runs as when Skep runs as root. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { AppError } from '../shared/errors';

export interface RunAs {
  user: string;
  uid: number;
  gid: number;
}

export const QEMU_USER = 'skep-vm';

/**
 * Whom QEMU processes run as: null means as Skep's own user.
 *
 * @throws AppError `host_missing` when Skep runs as root and the user for QEMU does not exist: QEMU never runs as root
 */
export function lookUpRunAs(): RunAs | null {
  if (process.getuid?.() !== 0) return null;
  const found = parsePasswd(readFileSync('/etc/passwd', 'utf8'), QEMU_USER);
  if (found && found.uid !== 0) return found;
  throw new AppError(
    'host_missing',
    `There is no system user ${QEMU_USER} for QEMU to run as. Run npm start once: it creates the user.`,
  );
}

/** The name of the user that QEMU processes run as. A container may run Skep with a number that has no name. */
export function qemuUserName(runAs: RunAs | null): string {
  if (runAs) return runAs.user;
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.()}`;
  }
}

/** Finds a user in the text of /etc/passwd; see passwd(5). */
export function parsePasswd(text: string, user: string): RunAs | null {
  const fields = text
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === user);
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return fields && Number.isInteger(uid) && Number.isInteger(gid) ? { user, uid, gid } : null;
}

/**
 * Wraps a command so that it runs as another user, without any privilege and without a way back to one. The
 * wrapper execs: the pid stays.
 */
export function asUser(runAs: RunAs | null, command: readonly string[]): string[] {
  if (!runAs) return [...command];
  const ids = ['--reuid', String(runAs.uid), '--regid', String(runAs.gid), '--init-groups'];
  return ['setpriv', ...ids, '--inh-caps=-all', '--bounding-set=-all', '--no-new-privs', '--', ...command];
}
