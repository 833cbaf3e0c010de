/**
 * The server's program, bundled to dist/server.mjs.
 *
 *   home and lock ─▶ core (re-attaches to running VMs) ─┐
 *                └▶ Next prepares ──────────────────────┴▶ listen ─▶ autostart
 *
 * Stopping it sends QEMU nothing: VMs go on, and the next start finds them.
 */
import { isAppError } from '../shared/errors';
import { isAlive } from '../shared/vm';
import { ownHome } from '../core/owned-home';
import { farewell, greeting } from './messages';
import { findProject } from './project';
import { startServer, type RunningServer } from './server';

/** After this the process ends, whatever is still open. */
const STOP_TIMEOUT_MS = 1500;

async function start(): Promise<RunningServer> {
  const home = ownHome(process.env);
  const server = await startServer(home, findProject(), process.env);
  for (const line of [...home.warnings, ...server.warnings]) console.warn(`skep: ${line}`);
  console.log(greeting({ url: server.url, link: await server.makeLink(), alive: countAlive(server) }));
  return server;
}

function countAlive({ vmm }: RunningServer): number {
  return vmm.vms.list().filter((vm) => isAlive(vm.status)).length;
}

/** Ctrl-C or a stop by the system: says what goes on, hangs up on browsers, ends. The second one does not wait. */
function stopOnSignals(starting: Promise<RunningServer>): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(0), STOP_TIMEOUT_MS).unref();
    const server = await starting;
    console.log(farewell(countAlive(server)));
    await server.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stop().catch(fail);
    });
  }
}

/** The end of a server that cannot go on; VMs do. A sentence for what was foreseen, a stack trace for the rest. */
function fail(error: unknown): never {
  if (isAppError(error)) console.error(`skep: ${error.message}${error.details ? `\n      ${error.details}` : ''}`);
  else console.error('skep: stopped by an error inside; running VMs go on.', error);
  process.exit(1);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
const starting = start();
stopOnSignals(starting);
starting.then((server) => server.vmm.autostart()).catch(fail);
