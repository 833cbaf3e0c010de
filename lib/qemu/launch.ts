/**
 * Starts a QEMU that outlives Skep.
 *
 *   spawn (own session, no pipes) ─▶ prlimit ─▶ setpriv ─▶ qemu -S       one pid: each execs the next
 *        │                                                  │
 *        │         first QMP reply ◀── connect, again ──────┤  up, paused
 *        └──────── exit            ◀────────────────────────┤  failed: the log of this start says why
 *                  30 s            ◀────────────────────────┘  hangs: killed
 *
 * The greeting of QMP proves nothing: it comes even when QEMU then stops at a bad device. The first reply does.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, constants, existsSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../shared/errors';
import { launchError, type QemuExit } from './launch-error';
import { withPrivateUmask } from './private-umask';
import { readProcess } from './process';
import { QmpClient } from './qmp';
import { queryStatus } from './qmp-commands';
import { asUser, type RunAs } from './run-as';
import { checkRunDir, RUN_FILES } from './run-files';

const START_TIMEOUT_MS = 30_000;
const RETRY_MS = 10;
/** The folder may belong to QEMU's user: a link planted there must not lead anywhere. */
const LOG_FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;
const LOG_TAIL_BYTES = 16 * 1024;
/** Guests go before Skep when the host runs out of memory. */
const OOM_SCORE_ADJUSTMENT = 200;

export interface LaunchInput {
  /** The QEMU program, absolute. */
  file: string;
  argv: readonly string[];
  /** A fresh directory that belongs to the user QEMU runs as. */
  runDir: string;
  /** Appended to; Skep opens it, so QEMU's user needs no right to it. */
  logFile: string;
  runAs: RunAs | null;
  env?: Record<string, string>;
}

export interface LaunchedQemu {
  pid: number;
  startTimeTicks: number;
  qmp: QmpClient;
  /** Settles when the process ends, as long as this Skep lives. */
  exited: Promise<QemuExit>;
}

/**
 * Starts QEMU and returns when it has answered its first command; the guest is still paused (`-S`).
 *
 * @throws AppError `qemu_failed` with a human cause and, as details, what QEMU wrote
 */
export async function launch(input: LaunchInput): Promise<LaunchedQemu> {
  refuseRoot(input.runAs);
  checkRunDir(input.runDir);
  refuseUsedRunDir(input.runDir);
  const log = openSync(input.logFile, LOG_FLAGS, 0o600);
  try {
    const logStart = fstatSync(log).size;
    const child = spawnDetached(input, log);
    const exited = exitOf(child);
    const qmp = await firstReply(input, exited, child, () => readTail(log, logStart));
    const pid = child.pid ?? 0;
    const found = readProcess(pid);
    if (!found) throw launchError(readTail(log, logStart), await exited);
    adjustOomScore(pid);
    return { pid, startTimeTicks: found.startTimeTicks, qmp, exited };
  } finally {
    closeSync(log);
  }
}

function refuseRoot(runAs: RunAs | null): void {
  const uid = runAs ? runAs.uid : process.getuid?.();
  if (uid !== 0) return;
  throw new AppError('host_missing', 'QEMU never runs as root. Run npm start once: it creates a user for QEMU.');
}

/** A second QEMU would silently take over the sockets of the first, which then runs on unreachable. */
function refuseUsedRunDir(runDir: string): void {
  if (!existsSync(join(runDir, RUN_FILES.qmp))) return;
  throw new AppError('wrong_state', 'Another QEMU was started in this run directory. Each start needs a fresh one.', {
    details: runDir,
  });
}

function spawnDetached({ file, argv, runDir, runAs, env }: LaunchInput, log: number): ChildProcess {
  const limits = ['--core=0', '--nofile=4096:4096', '--'];
  const command = [...limits, ...asUser(runAs, [file, ...argv])];
  const child = withPrivateUmask(() =>
    spawn('prlimit', command, {
      cwd: runDir,
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...cleanEnvironment(runDir), ...env } as unknown as NodeJS.ProcessEnv,
    }),
  );
  child.unref();
  return child;
}

function cleanEnvironment(runDir: string): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LC_ALL: 'C',
    HOME: runDir,
    XDG_DATA_HOME: runDir,
    XDG_CACHE_HOME: runDir,
    XDG_CONFIG_HOME: runDir,
    XDG_RUNTIME_DIR: runDir,
  };
}

function exitOf(child: ChildProcess): Promise<QemuExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // Not even the wrapper could be started.
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
}

/** Waits for the first reply, the exit, or the time limit, whichever comes first. */
async function firstReply(
  { runDir }: LaunchInput,
  exited: Promise<QemuExit>,
  child: ChildProcess,
  readLog: () => string,
): Promise<QmpClient> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), START_TIMEOUT_MS);
  const connected = connectWhenReady(join(runDir, RUN_FILES.qmp), abort.signal);
  try {
    const first = await Promise.race([connected, exited]);
    if (first instanceof QmpClient) return first;
    if (first) throw launchError(readLog(), first);
    child.kill('SIGKILL');
    throw new AppError('qemu_failed', `QEMU did not answer within ${START_TIMEOUT_MS / 1000} s. Skep has ended it.`, {
      details: readLog(),
    });
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

/** Tries until a QEMU answers. Null when it was aborted. */
async function connectWhenReady(socketPath: string, signal: AbortSignal): Promise<QmpClient | null> {
  while (!signal.aborted) {
    if (existsSync(socketPath)) {
      const client = await tryConnect(socketPath);
      if (client && !signal.aborted) return client;
      client?.close();
    }
    await wait(RETRY_MS);
  }
  return null;
}

async function tryConnect(socketPath: string): Promise<QmpClient | null> {
  let client: QmpClient | null = null;
  try {
    client = await QmpClient.connect(socketPath, { timeoutMs: START_TIMEOUT_MS });
    await queryStatus(client);
    return client;
  } catch {
    // Not listening yet, or on its way out: its exit will tell why.
    client?.close();
    return null;
  }
}

/** What was written to the log since `from`, its end when it is long. */
function readTail(log: number, from: number): string {
  const size = fstatSync(log).size;
  const start = Math.max(from, size - LOG_TAIL_BYTES);
  const buffer = Buffer.alloc(Math.max(0, size - start));
  readSync(log, buffer, 0, buffer.length, start);
  return buffer.toString('utf8');
}

function adjustOomScore(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, String(OOM_SCORE_ADJUSTMENT));
  } catch {
    // A host may forbid it; the VM runs as well without.
  }
}
