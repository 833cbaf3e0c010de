/** What the set-up tells: one calm line per step that has something to do, and one sentence when it cannot go on. */

/** What stands in the way, as a sentence for the person at the terminal; `details` are another program's own words. */
export class SetupError extends Error {
  constructor(message, details = '') {
    super(message);
    this.details = details;
  }
}

/** "0.4 s", "12 s", "2 min 5 s". */
export function formatDuration(ms) {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Runs one step: its title appears at once, the seconds count up at a terminal, the time it took ends the line.
 *
 * @returns what `work` answers
 */
export async function step(title, work, out = process.stdout) {
  const startedAt = Date.now();
  const elapsed = () => formatDuration(Date.now() - startedAt);
  out.write(`  ${title} … `);
  const ticker = out.isTTY && setInterval(() => out.write(`\r  ${title} … ${elapsed()}`), 1000);
  try {
    const result = await work();
    out.write(out.isTTY ? `\r  ${title} … ${elapsed()}\n` : `${elapsed()}\n`);
    return result;
  } catch (error) {
    out.write('failed\n');
    throw error;
  } finally {
    if (ticker) clearInterval(ticker);
  }
}

/** Runs a command's main function; what it cannot do becomes sentences and exit code 1, never a stack trace. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    if (error.details) process.stderr.write(`\n${error.details.trimEnd()}\n`);
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
