/**
 * Runs `start` with umask 077. Programs make their files with the umask they inherit, and spawn offers no way to
 * set it. Spawning is synchronous, so nothing else sees the change.
 */
export function withPrivateUmask<T>(start: () => T): T {
  const before = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(before);
  }
}
