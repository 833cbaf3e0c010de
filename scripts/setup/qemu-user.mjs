/** The unprivileged system user that QEMU runs as when Skep runs as root. */
import { readFileSync } from 'node:fs';
import { findProgram, run } from './run.mjs';
import { SetupError, step } from './say.mjs';

export const QEMU_USER = 'skep-vm';

/** What has to be run, given the texts of /etc/passwd and /etc/group. Pure. */
export function userCommands(passwd, group) {
  const commands = [];
  if (!hasEntry(passwd, QEMU_USER)) {
    const flags = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
    commands.push(['useradd', ...flags, '--shell', '/usr/sbin/nologin', QEMU_USER]);
  }
  const kvm = group.split('\n').find((line) => line.startsWith('kvm:'));
  const members = kvm?.split(':')[3]?.split(',') ?? [];
  if (kvm && !members.includes(QEMU_USER)) commands.push(['usermod', '--append', '--groups', 'kvm', QEMU_USER]);
  return commands;
}

/** Creates the user, and lets it use /dev/kvm through its group. Does nothing for anybody but root. */
export async function ensureQemuUser() {
  if (process.getuid() !== 0) return;
  const commands = userCommands(readFileSync('/etc/passwd', 'utf8'), readFileSync('/etc/group', 'utf8'));
  if (commands.length === 0) return;
  if (!findProgram(['useradd'])) {
    throw new SetupError(
      `QEMU never runs as root, and the program useradd is missing. Create a system user ${QEMU_USER} with a group of the same name, then run the same command again.`,
    );
  }
  await step(`Creating the system user ${QEMU_USER}, which QEMU runs as`, async () => {
    for (const [program, ...args] of commands) await run(program, args);
  });
}

function hasEntry(text, name) {
  return text.split('\n').some((line) => line.startsWith(`${name}:`));
}
