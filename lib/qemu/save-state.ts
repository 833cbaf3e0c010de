/**
 * A VM's whole state to a file and back: a migration whose other end is this file.
 *
 *   save     QEMU ── unix:state ──▶ Skep ──▶ FILE.part ─▶ fsync ─▶ rename to FILE
 *   restore  FILE ──▶ Skep ── unix:state ──▶ QEMU started with -incoming defer
 *
 * QEMU's sandbox forbids it to start programs, and QEMU 7.2 cannot migrate to a file by itself, so Skep carries
 * the bytes. FILE is there exactly when it is whole.
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, chown, rename, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, errnoOf, isAppError } from '../shared/errors';
import { aborted, followMigration, migrationSettled } from './migration';
import { withPrivateUmask } from './private-umask';
import type { QmpClient } from './qmp';
import {
  migrate,
  migrateCancel,
  migrateIncoming,
  migrateSetCapabilities,
  migrateSetParameters,
  queryMigrate,
  stop,
} from './qmp-commands';
import type { RunAs } from './run-as';
import { RUN_FILES } from './run-files';
import { syncFile } from './sync-file';

/** QEMU's own limit of 128 MiB/s is meant for networks. */
const MAX_BANDWIDTH_BYTES_PER_SECOND = 1024 ** 4;
const PROGRESS_MS = 250;
const CHUNK_BYTES = 1024 * 1024;

interface Transfer {
  qmp: QmpClient;
  runDir: string;
  /** The state's file, absolute. */
  file: string;
  /** 0 to 1. */
  onProgress?(progress: number): void;
  signal?: AbortSignal;
}

export interface SaveState extends Transfer {
  /** Whom the QEMU runs as. */
  runAs: RunAs | null;
}

/**
 * Pauses the guest and writes its state. Afterwards QEMU has handed over its disks and has only to be ended. When
 * it fails nothing is left behind, and the guest is paused: it goes on with `cont`.
 *
 * @throws AppError `no_space`, `wrong_state` when it was aborted, `qemu_failed`, `qemu_unreachable`
 */
export async function saveState({ qmp, runDir, file, onProgress, signal, runAs }: SaveState): Promise<void> {
  const part = `${file}.part`;
  await stop(qmp);
  await rm(part, { force: true });
  const server = await listen(join(runDir, RUN_FILES.state), runAs);
  const progress = setInterval(() => void reportProgress(qmp, onProgress), PROGRESS_MS);
  try {
    await sendInto(part, server, qmp, signal);
    await syncFile(part);
    await rename(part, file);
    await syncFile(dirname(file));
  } catch (error) {
    await rm(part, { force: true });
    // It may be QEMU that has gone: the first error says so.
    await migrateCancel(qmp)
      .then(() => migrationSettled(qmp))
      .catch(() => undefined);
    throw saveFailure(error);
  } finally {
    clearInterval(progress);
    server.close();
  }
}

/**
 * Reads a state into a QEMU that was started with `-incoming defer` and the same argv otherwise. The guest is
 * paused afterwards.
 *
 * @throws AppError `qemu_failed` when the state does not fit (QEMU may have ended), `wrong_state` when aborted
 */
export async function restoreState({ qmp, runDir, file, onProgress, signal }: Transfer): Promise<void> {
  const { size } = await stat(file);
  const migration = followMigration(qmp, signal);
  const abort = new AbortController();
  try {
    await prepare(qmp);
    await migrateIncoming(qmp, RUN_FILES.state);
    const source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
    const counter = countBytes((bytes) => onProgress?.(Math.min(1, bytes / size)));
    const sent = pipeline(source, counter, connect(join(runDir, RUN_FILES.state)), { signal: abort.signal });
    await Promise.all([migration.done, sent]);
  } catch (error) {
    abort.abort();
    throw restoreFailure(error, signal);
  } finally {
    migration.dispose();
  }
}

async function sendInto(part: string, server: Server, qmp: QmpClient, signal: AbortSignal | undefined): Promise<void> {
  const migration = followMigration(qmp, signal);
  const abort = new AbortController();
  try {
    await prepare(qmp);
    await migrateSetParameters(qmp, { maxBandwidthBytesPerSecond: MAX_BANDWIDTH_BYTES_PER_SECOND });
    const stored = storeConnection(server, part, abort.signal);
    await Promise.race([migrate(qmp, RUN_FILES.state), stored]);
    await Promise.all([migration.done, stored]);
  } catch (error) {
    abort.abort();
    throw error;
  } finally {
    migration.dispose();
  }
}

/** Writes what the first connection sends to a new file. */
async function storeConnection(server: Server, file: string, signal: AbortSignal): Promise<void> {
  const [socket] = (await once(server, 'connection', { signal })) as [Socket];
  await pipeline(socket, createWriteStream(file, { flags: 'wx', mode: 0o600 }), { signal });
}

/** MIGRATION events come only when they are asked for. */
function prepare(qmp: QmpClient): Promise<void> {
  return migrateSetCapabilities(qmp, { events: true });
}

/** Listens on a socket that only QEMU's user (and Skep) can open. */
async function listen(path: string, runAs: RunAs | null): Promise<Server> {
  await rm(path, { force: true });
  const server = createServer();
  const listening = once(server, 'listening');
  withPrivateUmask(() => server.listen(path));
  await listening;
  await chmod(path, 0o600);
  if (runAs) await chown(path, runAs.uid, runAs.gid);
  return server;
}

async function reportProgress(qmp: QmpClient, onProgress: Transfer['onProgress']): Promise<void> {
  try {
    const { totalBytes, remainingBytes } = await queryMigrate(qmp);
    if (totalBytes > 0) onProgress?.(1 - remainingBytes / totalBytes);
  } catch {
    // Progress is a courtesy; what is wrong shows elsewhere.
  }
}

function countBytes(onBytes: (total: number) => void): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      total += chunk.length;
      onBytes(total);
      callback(null, chunk);
    },
  });
}

function saveFailure(error: unknown): AppError {
  if (errnoOf(error) === 'ENOSPC' || errnoOf(error) === 'EDQUOT')
    return new AppError(
      'no_space',
      'The disk of the host is full: the state was not saved. Free some space and try again.',
    );
  if (isAppError(error)) return error;
  return new AppError('qemu_failed', 'The state of the VM could not be written.', { details: String(error) });
}

function restoreFailure(error: unknown, signal: AbortSignal | undefined): AppError {
  if (signal?.aborted) return aborted();
  const details = isAppError(error) ? (error.details ?? error.message) : String(error);
  return new AppError(
    'qemu_failed',
    'The saved state could not be read in. QEMU’s log says why; if it stays so, discard the state and start the VM afresh.',
    { details },
  );
}
