/**
 * From a packed file to the file inside, piece by piece, and never more than there should be.
 *
 *   packed ─▶ decoder ─▶ limit ─▶ hash ─▶ holes for zeros ─▶ room, reserved step by step ─▶ part file
 */
import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { MAX_DISK_BYTES } from '../../shared/device';
import { AppError, isAppError } from '../../shared/errors';
import type { PackedKind } from '../../shared/unpack';
import type { Incoming } from '../library/incoming';
import { gunzip } from './gunzip';
import { BrokenPacking, type PackedSource } from './packed-source';
import { SparseWriter } from './sparse-writer';
import { unxz, xzUnpackedBytes } from './unxz';
import { unzip, zipMembers } from './zip-members';
import { unzstd } from './unzstd';

/** Images of installed systems shrink to a fifth; this much is a trap, or an image with nothing on it. */
const MAX_RATIO = 250;
/** So much is unpacked whatever the ratio. */
const ALWAYS_BYTES = 1024 ** 3;
const GROW_BYTES = 256 * 1024 ** 2;
/** Other work gets its turn this often: decoders that answer at once would never let go. */
const TURN_MS = 10;

export interface UnpackJob {
  source: PackedSource;
  kind: PackedKind;
  /** Of a zip. */
  member: string | null;
  /** In sentences. */
  name: string;
  incoming: Pick<Incoming, 'handle' | 'grow' | 'wrote'>;
  signal: AbortSignal;
}

export interface Unpacked {
  sizeBytes: number;
  sha256: string;
}

/**
 * @throws AppError `invalid_input` when it is broken or a bomb, `no_space`; what the signal was aborted with
 */
export async function unpackFile(job: UnpackJob): Promise<Unpacked> {
  try {
    const declaredBytes = await declaredOf(job);
    const limitBytes = unpackLimit(job.source.sizeBytes);
    if ((declaredBytes ?? 0) > limitBytes) throw bomb(job, limitBytes);
    return await copy(job, declaredBytes, limitBytes);
  } catch (error) {
    throw toUnpackError(job, error);
  }
}

/** The most that a packed file of this size may unpack to. Pure. */
export function unpackLimit(packedBytes: number): number {
  return Math.min(MAX_DISK_BYTES, Math.max(ALWAYS_BYTES, packedBytes * MAX_RATIO));
}

async function copy(job: UnpackJob, declaredBytes: number | null, limitBytes: number): Promise<Unpacked> {
  const { incoming, signal } = job;
  const writer = new SparseWriter(incoming.handle);
  const hash = createHash('sha256');
  let reservedBytes = 0;
  let turnAt = performance.now() + TURN_MS;
  for await (const data of decode(job)) {
    signal.throwIfAborted();
    const endBytes = writer.sizeBytes + data.length;
    if (endBytes > (declaredBytes ?? Infinity)) throw new BrokenPacking('more is in it than it says');
    if (endBytes > limitBytes) throw bomb(job, limitBytes);
    if (writer.writtenBytes + data.length > reservedBytes) {
      reservedBytes += GROW_BYTES;
      await incoming.grow(reservedBytes);
    }
    hash.update(data);
    await writer.write(data);
    incoming.wrote(writer.writtenBytes);
    if (performance.now() < turnAt) continue;
    await turn();
    turnAt = performance.now() + TURN_MS;
  }
  if (writer.sizeBytes !== (declaredBytes ?? writer.sizeBytes)) throw new BrokenPacking('less is in it than it says');
  if (writer.sizeBytes === 0) throw new BrokenPacking('nothing is in it');
  await writer.finish();
  return { sizeBytes: writer.sizeBytes, sha256: hash.digest('hex') };
}

/** What the packed file says that is in it, or null when it does not say. */
async function declaredOf({ source, kind, member }: UnpackJob): Promise<number | null> {
  if (kind === 'xz') return xzUnpackedBytes(source);
  if (kind !== 'zip') return null;
  const found = (await zipMembers(source)).find(({ name }) => name === member);
  if (!found) throw new BrokenPacking('the file is not in it');
  if (found.refusal) throw new AppError('invalid_input', `“${found.name}” cannot be unpacked. ${found.refusal}`);
  return found.sizeBytes;
}

function decode({ source, kind, member }: UnpackJob): AsyncGenerator<Buffer> {
  switch (kind) {
    case 'gz':
      return gunzip(source);
    case 'xz':
      return unxz(source);
    case 'zst':
      return unzstd(source);
    case 'zip':
      return unzip(source, member ?? '');
  }
}

function bomb({ name, source }: UnpackJob, limitBytes: number): AppError {
  return new AppError(
    'invalid_input',
    `“${name}” would unpack to more than ${Math.round(limitBytes / ALWAYS_BYTES)} GiB from ${source.sizeBytes} bytes, ` +
      'as only traps and empty disks do. If you trust it, unpack it on the host and add the file that comes out.',
  );
}

function toUnpackError({ name }: UnpackJob, error: unknown): unknown {
  if (isAppError(error)) return error;
  const isZlib = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
  if (!(error instanceof BrokenPacking) && !isZlib) return error;
  const reason = error instanceof BrokenPacking ? error.message : 'its gzip data is broken or ends too early';
  return new AppError('invalid_input', `“${name}” cannot be unpacked: ${reason}. Get it again and compare checksums.`);
}
