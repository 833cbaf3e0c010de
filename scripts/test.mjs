/**
 * `npm test`: sets up what is missing, runs every check, and ends with one line, `N passed, N failed`.
 *
 *   types ─▶ lint ─▶ format ─▶ unit, wire and real QEMU (vitest) ─▶ build ─▶ browser (Playwright)
 *
 * A failed check does not stop the next one; a set-up that fails does. For daily work:
 * `npm test -- --only=unit [file…]` and `npm test -- --only=e2e [file…]`.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBuild } from './build.mjs';
import { setUp } from './setup.mjs';
import { inProject, PROJECT, QUIET_TOOLS } from './setup/project.mjs';
import { run } from './setup/run.mjs';
import { formatDuration, runMain, SetupError } from './setup/say.mjs';
import { add, closingLine, countCheck, countPlaywright, countVitest } from './test/counts.mjs';
import { ensureGuests, ensureTestPackages } from './test/needs.mjs';
import { parseOptions } from './test/options.mjs';

const UNIT_REPORT = inProject('test-results/unit.json');
const E2E_REPORT = inProject('test-results/e2e.json');

/** A tool of node_modules, started with this Node.js. */
const TOOLS = {
  next: 'next/dist/bin/next',
  tsc: 'typescript/bin/tsc',
  eslint: 'eslint/bin/eslint.js',
  prettier: 'prettier/bin/prettier.cjs',
  vitest: 'vitest/vitest.mjs',
  playwright: '@playwright/test/cli.js',
};

// Runners colour their output when CI is set, even into a file.
const PLAIN_TEXT = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };

/** The phases in order; each answers its counts. `part` is what `--only` selects. */
const PHASES = [
  { title: 'types', run: async () => countCheck((await tool('next', 'typegen')) && (await tool('tsc', '--noEmit'))) },
  { title: 'lint', run: async () => countCheck(await tool('eslint', '.', '--max-warnings', '0')) },
  { title: 'format', run: async () => countCheck(await tool('prettier', '--check', '.')) },
  { title: 'unit, wire and real QEMU', part: 'unit', run: runUnit },
  { title: 'build', part: 'e2e', run: runBuild },
  { title: 'browser', part: 'e2e', run: runBrowser },
];

async function runUnit(files) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`];
  const ok = await tool('vitest', 'run', ...reporters, ...files);
  return countVitest(readReport(UNIT_REPORT), ok);
}

async function runBuild() {
  await ensureBuild();
  return countCheck(true);
}

async function runBrowser(files) {
  await ensureGuests();
  const ok = await tool('playwright', 'test', ...files);
  return countPlaywright(readReport(E2E_REPORT), ok);
}

/** Runs a tool with its output shown. @returns whether it ended well */
async function tool(name, ...args) {
  const env = { ...QUIET_TOOLS, ...PLAIN_TEXT, SKEP_E2E_REPORT: E2E_REPORT };
  try {
    await run(process.execPath, [inProject('node_modules', TOOLS[name]), ...args], { cwd: PROJECT, env, show: true });
    return true;
  } catch (error) {
    if (error instanceof SetupError) return false;
    throw error;
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Runs one phase between its title and its time. */
async function runPhase(phase, files) {
  console.log(`\n── ${phase.title}`);
  const startedAt = Date.now();
  const counts = await phase.run(files).catch((error) => {
    if (!(error instanceof SetupError)) throw error;
    console.error(`${error.details}\n${error.message}`);
    return countCheck(false);
  });
  console.log(`── ${phase.title}: ${closingLine(counts)} (${formatDuration(Date.now() - startedAt)})`);
  return counts;
}

await runMain(async () => {
  const { only, rest } = parseOptions(process.argv.slice(2));
  const startedAt = Date.now();
  rmSync(inProject('test-results'), { recursive: true, force: true });
  mkdirSync(inProject('test-results'));
  await setUp();
  await ensureTestPackages();
  let total = { passed: 0, failed: 0 };
  for (const phase of PHASES.filter(({ part }) => only === null || part === only)) {
    total = add(total, await runPhase(phase, rest));
  }
  console.log(`\nAll in ${formatDuration(Date.now() - startedAt)}.`);
  console.log(closingLine(total));
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
});
