/** The host's Linux distribution: what its packages are called, and how they are installed. */
import { readFileSync } from 'node:fs';

/** What Skep needs → the package that has it, per package manager. */
const PACKAGES = {
  apt: {
    'qemu-system-x86_64': ['qemu-system-x86'],
    'qemu-img': ['qemu-utils'],
    ovmf: ['ovmf'],
    compiler: ['python3', 'make', 'g++'],
    chromium: ['chromium'],
  },
  dnf: {
    'qemu-system-x86_64': ['qemu-system-x86'],
    'qemu-img': ['qemu-img'],
    ovmf: ['edk2-ovmf'],
    compiler: ['python3', 'make', 'gcc-c++'],
    chromium: ['chromium'],
  },
  pacman: {
    'qemu-system-x86_64': ['qemu-system-x86'],
    'qemu-img': ['qemu-img'],
    ovmf: ['edk2-ovmf'],
    compiler: ['python', 'make', 'gcc'],
    chromium: ['chromium'],
  },
  zypper: {
    'qemu-system-x86_64': ['qemu-x86'],
    'qemu-img': ['qemu-img'],
    ovmf: ['qemu-ovmf-x86_64'],
    compiler: ['python3', 'make', 'gcc-c++'],
    chromium: ['chromium'],
  },
};

/** Distribution id → packages that it calls differently from others with the same package manager. */
const OTHER_NAMES = { ubuntu: { chromium: ['chromium-browser'] } };

/** Ids of /etc/os-release (ID, then ID_LIKE) → package manager. */
const MANAGERS = {
  debian: 'apt',
  ubuntu: 'apt',
  fedora: 'dnf',
  arch: 'pacman',
  suse: 'zypper',
  opensuse: 'zypper',
};

/** Reads os-release(5): `{ id, name, manager }`; `manager` is null when we do not know the distribution. */
export function parseOsRelease(text) {
  const fields = Object.fromEntries(
    text
      .split('\n')
      .map((line) => /^([A-Z_]+)=(.*)$/.exec(line.trim()))
      .filter(Boolean)
      .map(([, key, value]) => [key, value.replace(/^(["'])(.*)\1$/, '$2')]),
  );
  const ids = [fields.ID ?? '', ...(fields.ID_LIKE ?? '').split(' ')];
  const known = ids.map((id) => id.replace(/^opensuse-.*/, 'opensuse')).find((id) => id in MANAGERS);
  return { id: fields.ID ?? 'linux', name: fields.PRETTY_NAME ?? 'Linux', manager: known ? MANAGERS[known] : null };
}

/** The distribution of this host. */
export function readDistribution() {
  for (const file of ['/etc/os-release', '/usr/lib/os-release']) {
    try {
      return parseOsRelease(readFileSync(file, 'utf8'));
    } catch {
      // The next place; see os-release(5).
    }
  }
  return parseOsRelease('');
}

/** The packages that have what is missing; unknown distributions have none. */
export function packagesFor(distribution, needs) {
  const known = PACKAGES[distribution.manager];
  const names = known && { ...known, ...OTHER_NAMES[distribution.id] };
  return names ? [...new Set(needs.flatMap((need) => names[need] ?? []))] : [];
}

/** The commands that install packages, in order, each `{ env, argv }`; they ask nothing. */
export function installCommands(manager, packages) {
  switch (manager) {
    case 'apt':
      return [
        { env: {}, argv: ['apt-get', 'update'] },
        {
          env: { DEBIAN_FRONTEND: 'noninteractive' },
          argv: ['apt-get', 'install', '-y', '--no-install-recommends', ...packages],
        },
      ];
    case 'dnf':
      return [{ env: {}, argv: ['dnf', 'install', '-y', ...packages] }];
    case 'pacman':
      return [{ env: {}, argv: ['pacman', '-S', '--needed', '--noconfirm', ...packages] }];
    case 'zypper':
      return [{ env: {}, argv: ['zypper', '--non-interactive', 'install', ...packages] }];
    default:
      throw new Error(`No commands for ${manager}`);
  }
}

/** One line that a user without root rights can paste. */
export function sudoLine(commands) {
  return commands.map(({ argv }) => ['sudo', ...argv].join(' ')).join(' && ');
}
