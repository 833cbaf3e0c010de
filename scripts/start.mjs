/**
 * `npm start`: sets up what is missing, then runs Skep in this process, so that Ctrl-C and every signal reach it
 * directly. Always the production build: a development server trusts whoever can reach it.
 */
import module from 'node:module';
import { ensureBuild } from './build.mjs';
import { setUp } from './setup.mjs';
import { inProject, PROJECT } from './setup/project.mjs';
import { answers, socketPath } from './setup/running.mjs';
import { runMain, SetupError } from './setup/say.mjs';

/** Packages and pages are not replaced under a running Skep. */
async function refuseSecond() {
  const socket = socketPath();
  if (!(await answers(socket))) return;
  throw new SetupError(
    `Skep runs already (${socket} answers). Stop it first with Ctrl-C in its terminal; npm run link prints a sign-in link.`,
  );
}

await runMain(async () => {
  process.chdir(PROJECT);
  await refuseSecond();
  await setUp();
  await ensureBuild();
  process.env.NODE_ENV = 'production';
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  delete process.env.SKEP_DEV;
  process.setSourceMapsEnabled(true);
  // From Node.js 22 on: what V8 compiled at the last start is not compiled again.
  module.enableCompileCache?.(inProject('node_modules/.cache/skep'));
  await import(inProject('dist/server.mjs'));
});
