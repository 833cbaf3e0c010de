/**
 * Waits for something in the world that tells nobody when it changes (a process of another parent, a file).
 *
 * @returns true when `done` became true within `timeoutMs`
 */
export async function waitFor(done: () => boolean, timeoutMs: number, everyMs = 20): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (!done()) {
    if (performance.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return true;
}
