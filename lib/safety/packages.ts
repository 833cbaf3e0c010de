/** What package-lock.json must and must not hold. */

interface Lock {
  packages: Record<string, { version?: string; resolved?: string; link?: boolean; os?: string[] }>;
}

const entriesOf = (lock: string) => Object.entries((JSON.parse(lock) as Lock).packages);

/** Packages whose address is written down: the lock file must work with any registry. */
export const lockAddresses = (lock: string): string[] =>
  entriesOf(lock).flatMap(([path, { resolved }]) => (resolved?.includes('://') ? [path] : []));

/** The image library and its binaries, wherever npm would put them; the empty local package in its place is fine. */
export const realSharp = (lock: string): string[] =>
  entriesOf(lock).flatMap(([path, { link }]) =>
    /(^|\/)node_modules\/(sharp|@img\/.+)$/.test(path) && !link ? [path] : [],
  );

/** The installed copies of a package that are older than `floor`, or null when there is none. */
export function versionBelow(lock: string, name: string, floor: string): string | null {
  const copies = entriesOf(lock).filter(([path]) => path.endsWith(`node_modules/${name}`));
  if (copies.length === 0) return `${name} is not in the lock file`;
  const old = copies.filter(([, { version = '0' }]) => isOlder(version, floor));
  return old.length === 0 ? null : old.map(([path, { version }]) => `${path} ${version}`).join(', ');
}

function isOlder(version: string, floor: string): boolean {
  const [have, want] = [version, floor].map((text) => text.split('-')[0]?.split('.').map(Number) ?? []);
  for (const [i, wanted] of (want ?? []).entries()) {
    const found = have?.[i] ?? 0;
    if (found !== wanted) return found < wanted;
  }
  return false;
}
