/** node_modules as package-lock.json wants it, with the database's native part built for this Node.js. */
import { existsSync, readFileSync } from 'node:fs';
import { hasCompiler } from './host.mjs';
import { installNeeds } from './packages.mjs';
import { inProject, PROJECT, QUIET_TOOLS } from './project.mjs';
import { outputOf, run } from './run.mjs';
import { SetupError, step } from './say.mjs';
import { hashOf, readStamp, writeStamp } from './stamps.mjs';

const STAMP = inProject('node_modules/.skep-lock-hash');

/** Installs the npm packages when they are missing or the lock file has changed. */
export async function ensureNodeModules() {
  const lockText = readFileSync(inProject('package-lock.json'), 'utf8');
  const wanted = hashOf(lockText, process.versions.modules);
  if (readStamp(STAMP) === wanted) return;
  if (!isInstalled(JSON.parse(lockText), readInstalled())) await installPackages();
  if (!nativeAddonLoads()) await buildNativeAddon();
  writeStamp(STAMP, wanted);
}

/** Whether `installed` (npm's own record of node_modules) has all that `lock` wants, in these versions. Pure. */
export function isInstalled(lock, installed) {
  if (!installed) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '' || wanted.link || !path.startsWith('node_modules/')) return true;
    const found = installed.packages[path];
    return found ? found.version === wanted.version : wanted.optional === true || wanted.devOptional === true;
  });
}

function readInstalled() {
  const file = inProject('node_modules/.package-lock.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

async function installPackages() {
  await step('Installing the npm packages', () => npm('ci', ...NPM_FLAGS));
}

// Of all packages only one needs its install script, the native addon, which is built below: the others are not run.
const NPM_FLAGS = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

async function buildNativeAddon() {
  const build = () =>
    step('Preparing the database engine (compiled here when none can be downloaded)', () =>
      npm('rebuild', 'better-sqlite3', '--ignore-scripts=false', '--loglevel=error'),
    );
  try {
    await build();
  } catch (error) {
    if (hasCompiler()) throw error;
    // No prebuilt engine to be had here, and no compiler: the one thing that can be missing.
    await installNeeds(['compiler'], { why: 'The database engine has to be compiled, which needs' });
    await build();
  }
  if (!nativeAddonLoads())
    throw new SetupError('The database engine (better-sqlite3) was installed but does not load.');
}

function nativeAddonLoads() {
  const program = `new (require(${JSON.stringify(inProject('node_modules/better-sqlite3'))}))(':memory:')`;
  return outputOf(process.execPath, ['-e', program]) !== null;
}

/** npm, as started by this npm when there is one. */
function npm(...args) {
  const cli = process.env.npm_execpath;
  const [program, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  return run(program, [...first, ...args], { cwd: PROJECT, env: QUIET_TOOLS });
}
