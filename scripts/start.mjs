/**
 * `npm start`: sets up what is missing, then runs Skep in this process, so that Ctrl-C and every signal reach it
 * directly. Always the production build: a development server trusts whoever can reach it.
 */
import { ensureBuild } from './build.mjs';
import { setUp } from './setup.mjs';
import { inProject, PROJECT } from './setup/project.mjs';
import { runMain } from './setup/say.mjs';

await runMain(async () => {
  process.chdir(PROJECT);
  await setUp();
  await ensureBuild();
  process.env.NODE_ENV = 'production';
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  delete process.env.SKEP_DEV;
  process.setSourceMapsEnabled(true);
  await import(inProject('dist/server.mjs'));
});
