/**
 * Builds what `npm start` runs: dist/server.mjs (the server, one file; packages stay in node_modules), dist/cli/ (the
 * command `skep`) and .next/ (the pages). `node scripts/build.mjs` builds always, `ensureBuild()` when a source has changed.
 */
import { randomUUID } from 'node:crypto';
import { inProject, isProgram, PROJECT, QUIET_TOOLS } from './setup/project.mjs';
import { ensurePrismaClient } from './setup/prisma-client.mjs';
import { run } from './setup/run.mjs';
import { runMain, SetupError, step } from './setup/say.mjs';
import { fingerprint, readStamp, writeStamp } from './setup/stamps.mjs';

const STAMP = inProject('dist/.skep-sources');

/** All that goes into the build. Tests, recorded data and prose do not. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'prisma',
  'public',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];
const NOT_SOURCES = /\.test\.tsx?$|\.md$|\/testdata\/|\/testing\//;

/** Builds when a source is not as it was at the last complete build. */
export async function ensureBuild() {
  const sources = fingerprint(
    SOURCES.map((path) => inProject(path)),
    (path) => !NOT_SOURCES.test(path),
  );
  if (readStamp(STAMP) === sources) return;
  await build();
  writeStamp(STAMP, sources);
}

/** Builds server and pages. Both carry the same build id, by which a browser notices that it is out of date. */
export async function build() {
  const buildId = randomUUID().slice(0, 8);
  await step('Building the server', () => bundle(serverOptions({ outfile: inProject('dist/server.mjs'), buildId })));
  await step('Building the command', () => bundle(CLI_OPTIONS));
  await step('Building the pages (about a minute)', () =>
    run(process.execPath, [inProject('node_modules/next/dist/bin/next'), 'build'], {
      cwd: PROJECT,
      env: { ...QUIET_TOOLS, NODE_ENV: 'production', SKEP_BUILD_ID: buildId },
    }),
  );
  writeStamp(inProject('dist/build-id'), buildId);
}

/** What esbuild is told; `npm run dev` watches with the same options. */
export function serverOptions({ outfile, buildId }) {
  return {
    entryPoints: [inProject('lib/server/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    // For readable stack traces in the server's log; nothing below dist/ is served to browsers.
    sourcemap: 'inline',
    sourcesContent: false,
    define: { 'process.env.SKEP_BUILD_ID': JSON.stringify(buildId) },
    logLevel: 'warning',
  };
}

/** The command starts in a blink: all that it needs at once is one file, the rest is read when a verb asks for it. */
const CLI_OPTIONS = {
  entryPoints: { skep: inProject('lib/cli/main.ts') },
  outdir: inProject('dist/cli'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // CommonJS, and of use to the console only.
  external: ['ws'],
  minify: true,
};

async function bundle(options) {
  const { build: run, formatMessages } = await import('esbuild');
  try {
    await run({ ...options, logLevel: 'silent' });
  } catch (error) {
    const words = await formatMessages(error.errors ?? [{ text: String(error) }], { kind: 'error' });
    throw new SetupError('The sources could not be built.', words.join('\n'));
  }
}

if (isProgram(import.meta.url)) {
  await runMain(async () => {
    await ensurePrismaClient();
    await build();
  });
}
