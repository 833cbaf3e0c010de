/** Waiting for a QEMU migration to end, in either direction. */
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../shared/errors';
import type { QmpClient } from './qmp';
import { queryMigrate } from './qmp-commands';
import type { QmpEvent } from './qmp-events';

const UNDER_WAY = ['setup', 'active', 'device', 'pre-switchover', 'wait-unplug', 'cancelling'];
const SETTLE_EVERY_MS = 50;
const SETTLE_TIMEOUT_MS = 10_000;

/**
 * Follows the MIGRATION events of one migration. Begin before the migration: events are not repeated.
 *
 * @returns `done` settles when it is completed, failed, cancelled or aborted, or when QEMU goes; `dispose` stops
 *   listening
 */
export function followMigration(qmp: QmpClient, signal?: AbortSignal): { done: Promise<void>; dispose(): void } {
  const { promise: done, resolve, reject } = deferred();
  const onEvent = (event: QmpEvent) => {
    if (event.name !== 'MIGRATION') return;
    if (event.data.status === 'completed') resolve();
    if (event.data.status === 'cancelled') reject(aborted());
    if (event.data.status === 'failed') void reasonOfFailure(qmp).then(reject);
  };
  const onAbort = () => reject(aborted());
  qmp.on('event', onEvent);
  qmp.on('close', reject);
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  if (qmp.isClosed) void qmp.run('query-migrate').catch(reject);
  const dispose = () => {
    qmp.off('event', onEvent);
    qmp.off('close', reject);
    signal?.removeEventListener('abort', onAbort);
  };
  return { done, dispose };
}

/** Waits until QEMU has left a migration that failed or was cancelled. Before that, `cont` would be refused. */
export async function migrationSettled(qmp: QmpClient): Promise<void> {
  const deadline = performance.now() + SETTLE_TIMEOUT_MS;
  while (performance.now() < deadline && UNDER_WAY.includes((await queryMigrate(qmp)).status))
    await wait(SETTLE_EVERY_MS);
}

export function aborted(): AppError {
  return new AppError('wrong_state', 'It was interrupted.');
}

async function reasonOfFailure(qmp: QmpClient): Promise<AppError> {
  const error = await queryMigrate(qmp).then(
    (migration) => migration.error,
    () => null,
  );
  return new AppError('qemu_failed', 'QEMU could not transfer the state of the VM.', error ? { details: error } : {});
}

function deferred() {
  let settle: { resolve(): void; reject(error: unknown): void } | undefined;
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  // Whoever waits hears of it; nobody has to.
  promise.catch(() => undefined);
  return { promise, resolve: () => settle?.resolve(), reject: (error: unknown) => settle?.reject(error) };
}
