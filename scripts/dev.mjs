/**
 * `npm run dev`: for work on Skep itself. The pages reload by themselves (Next's development server, inside Skep's);
 * the server is bundled and started again whenever one of its sources changes. Running VMs do not notice.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setUp } from './setup.mjs';
import { serverOptions } from './build.mjs';
import { inProject, PROJECT, QUIET_TOOLS } from './setup/project.mjs';
import { runMain } from './setup/say.mjs';

const BUNDLE = inProject('dist/server-dev.mjs');

/** The server as a child process that can be replaced. */
class ServerProcess {
  #child = null;
  #changes = Promise.resolve();

  /** Stops the present server, then starts the new one; calls queue up. */
  restart() {
    this.#changes = this.#changes.then(() => this.#stop()).then(() => this.#start());
  }

  /** Passes a signal on and waits for the end. */
  async end(signal) {
    await this.#changes;
    await this.#stop(signal);
  }

  #start() {
    const env = { ...process.env, ...QUIET_TOOLS, NODE_ENV: 'development', SKEP_DEV: '1' };
    this.#child = spawn(process.execPath, ['--enable-source-maps', BUNDLE], { cwd: PROJECT, stdio: 'inherit', env });
  }

  async #stop(signal = 'SIGTERM') {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

await runMain(async () => {
  await setUp();
  const { context } = await import('esbuild');
  const server = new ServerProcess();
  const onBuild = ({ errors }) => void (errors.length === 0 && server.restart());
  const bundler = await context({
    ...serverOptions({ outfile: BUNDLE, buildId: 'development' }),
    plugins: [{ name: 'restart', setup: (build) => build.onEnd(onBuild) }],
  });
  await bundler.watch();
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void bundler.dispose().then(() => server.end(signal)));
  }
});
