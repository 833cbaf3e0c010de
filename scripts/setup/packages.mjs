/** Installs what is missing with the distribution's package manager, or tells how. */
import { installCommands, packagesFor, readDistribution, sudoLine } from './distribution.mjs';
import { run } from './run.mjs';
import { SetupError, step } from './say.mjs';

/**
 * Installs packages: as root after printing the commands, otherwise prints the exact commands and stops.
 *
 * @param needs names of `distribution.mjs`
 * @param extra package names that are added as they are (Debian's)
 * @throws SetupError with the command to type, when this user may not install or we do not know how
 */
export async function installNeeds(needs, { extra = [], why = 'Skep needs', isRoot = process.getuid() === 0 } = {}) {
  if (needs.length + extra.length === 0) return;
  const distribution = readDistribution();
  const packages = [...packagesFor(distribution, needs), ...(distribution.manager === 'apt' ? extra : [])];
  const commands = packages.length > 0 ? installCommands(distribution.manager, packages) : [];
  if (commands.length === 0) throw new SetupError(adviceWithoutManager(distribution, [...needs, ...extra], why));
  if (!isRoot) throw new SetupError(adviceForUser(packages, commands, why));
  console.log(`  ${why}: ${packages.join(' ')}`);
  for (const { argv, env } of commands) {
    await step([...Object.entries(env).map(([key, value]) => `${key}=${value}`), ...argv].join(' '), () =>
      run(argv[0], argv.slice(1), { env }),
    );
  }
}

/** The sentence for a user who may not install packages. Pure. */
export function adviceForUser(packages, commands, why) {
  return `${why}: ${packages.join(' ')}. Install what is missing, then run the same command again:\n\n  ${sudoLine(commands)}`;
}

/** The sentence for a distribution whose package manager we do not know. Pure. */
export function adviceWithoutManager(distribution, needs, why) {
  return `${why}: ${needs.join(', ')}. Skep does not know the package manager of ${distribution.name}: install these with it, then run the same command again.`;
}
