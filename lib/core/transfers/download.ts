/**
 * A file from the web into the library, over as many connections as it takes.
 *
 *   request ─▶ answer ─▶ name, space, part file ─▶ body ─▶ hash ─▶ published
 *      ▲                                            │
 *      └── pause, go on with Range and If-Range ◀── cut, busy, slow
 *
 * How far it is, is stored each few MiB after the bytes are on the disk, so that the next Skep goes on from there.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { libraryRefOf } from '../../shared/device';
import type { DownloadCreate } from '../../shared/download';
import { AppError } from '../../shared/errors';
import type { Incoming } from '../library/incoming';
import type { Library } from '../library/library';
import { inodeOf, isInode } from '../library/publishing';
import type { TaskRun } from '../tasks/task-kind';
import { looksLikeWebPage, readAnswer, type Progress } from './answer';
import { NOTHING_YET, type DownloadCheckpoint } from './checkpoint';
import { copyBody, type BodyLimits } from './copy-body';
import { nameOf, parseDownloadUrl } from './download-url';
import { fetchFile, type FetchAnswer, type FetchLimits } from './fetch-file';
import { fetchChecksum } from './fetch-checksum';
import type { Guard } from './guard';
import { hashFile } from './hash-file';
import { TransferError } from './transfer-error';

const SAVE_EVERY_BYTES = 16 * 1024 ** 2;
/** Of a file whose length nobody tells, space is reserved in such steps. */
const GROW_BYTES = 256 * 1024 ** 2;
/** A try that brought less than this counts as one that failed. */
const WORTHWHILE_BYTES = 64 * 1024;

export interface DownloadLimits extends FetchLimits, BodyLimits {
  /** Pauses between tries that brought nothing; when they are used up, it fails. */
  pausesMs: readonly number[];
}

export interface DownloadTools {
  library: Pick<Library, 'receive' | 'reopen' | 'path'>;
  guard: Guard;
  limits: DownloadLimits;
}

export class Download {
  private state: DownloadCheckpoint;
  private incoming: Incoming | null = null;
  private url: URL;
  private savedBytes = 0;
  private reservedBytes = 0;

  constructor(
    private readonly run: TaskRun<DownloadCreate, DownloadCheckpoint>,
    private readonly tools: DownloadTools,
  ) {
    this.url = parseDownloadUrl(run.input.url);
    this.state = run.checkpoint ?? NOTHING_YET;
  }

  /**
   * @returns the reference of the file in the library
   * @throws AppError when it fails for good; what the signal was aborted with
   */
  async go(): Promise<string> {
    const { input, checkpoint } = this.run;
    if (checkpoint?.inode) {
      const ref = libraryRefOf(input.folder, checkpoint.name);
      if (await isInode(this.tools.library.path(ref), checkpoint.inode)) return ref;
    }
    try {
      await this.reopen();
      await this.fetchUntilWhole();
      return await this.publish();
    } catch (error) {
      // Undoing, or the next Skep, finds the part file by the task.
      await this.incoming?.leave();
      throw error;
    }
  }

  private async publish(): Promise<string> {
    const { incoming, state, run } = this;
    if (!incoming) throw new Error('a download without a file');
    const sha256 = await this.check(incoming);
    run.signal.throwIfAborted();
    await this.save({ ...state, inode: await inodeOf(incoming.handle) });
    const file = await incoming.publish({ sha256 });
    run.log(`It is in the library as “${file.ref}” (${state.doneBytes} bytes, SHA-256 ${sha256}).`);
    return file.ref;
  }

  /** Goes on with what an earlier run left, or begins. */
  private async reopen(): Promise<void> {
    const { input, id, checkpoint } = this.run;
    if (checkpoint && checkpoint.name !== '') {
      const { name, totalBytes } = checkpoint;
      const part = { folder: input.folder, name, sizeBytes: totalBytes, taskId: id };
      this.incoming = await this.tools.library.reopen(part);
      if (this.incoming) {
        this.reservedBytes = totalBytes ?? 0;
        return this.rewind(checkpoint);
      }
    }
    this.state = { ...NOTHING_YET, checksum: await this.wantedChecksum() };
  }

  private async wantedChecksum() {
    const { input, signal } = this.run;
    const { guard, limits } = this.tools;
    if (input.checksum === null || input.checksum === '') return null;
    this.run.step('Reading the checksum');
    const tools = { guard, limits, signal, log: (line: string) => this.run.log(line) };
    return fetchChecksum(input.checksum, { url: this.url, name: input.name }, tools);
  }

  private async fetchUntilWhole(): Promise<void> {
    const { pausesMs } = this.tools.limits;
    if (this.state.doneBytes > 0 && this.state.doneBytes === this.state.totalBytes) return;
    for (let failures = 0; ;) {
      const before = this.state.doneBytes;
      try {
        return await this.fetchOnce();
      } catch (error) {
        this.run.signal.throwIfAborted();
        if (!(error instanceof TransferError) || error.retry === 'final') throw error;
        if (this.state.doneBytes - before >= WORTHWHILE_BYTES) failures = 0;
        const pauseMs = pausesMs[failures++];
        if (pauseMs === undefined) throw error;
        if (error.retry === 'anew') await this.rewind({ doneBytes: 0, totalBytes: null, validator: null });
        this.run.log(`${error.message} Skep tries again.`);
        this.run.step('Waiting to try again');
        await pause(Math.max(pauseMs, error.waitMs), undefined, { signal: this.run.signal });
      }
    }
  }

  private async fetchOnce(): Promise<void> {
    const { guard, limits } = this.tools;
    const { signal } = this.run;
    const { doneBytes, validator } = this.state;
    this.run.step(null);
    const resume = doneBytes > 0 && validator !== null ? { fromBytes: doneBytes, validator } : null;
    const log = (line: string) => this.run.log(line);
    const answer = await fetchFile({ url: this.url, resume, guard, limits, signal, log });
    try {
      const { statusCode: status = 0, headers } = answer.message;
      const host = answer.url.host;
      const progress = readAnswer({ status, headers, host }, this.state);
      const incoming = await this.prepare(answer, progress);
      if (progress.doneBytes !== progress.totalBytes || progress.totalBytes === 0)
        await copyBody(answer.message, host, limits, (chunk) => this.take(incoming, chunk, host));
    } finally {
      answer.message.destroy();
    }
    const { totalBytes } = this.state;
    if (totalBytes !== null && this.state.doneBytes < totalBytes)
      throw new TransferError('again', `${answer.url.host} ended before the whole file was there.`);
    if (this.state.doneBytes === 0) throw new TransferError('final', `${answer.url.host} sent an empty file.`);
  }

  /** A part file of the right name, with room for what will come, cut to where the body goes on. */
  private async prepare({ message, url }: FetchAnswer, progress: Progress): Promise<Incoming> {
    const { input, id } = this.run;
    const { totalBytes } = progress;
    if (!this.incoming) {
      const name = input.name ?? nameOf(message.headers['content-disposition'], url);
      // Stored first: what is stored can be tidied up.
      await this.save({ ...this.state, ...progress, name });
      const part = { folder: input.folder, name, sizeBytes: totalBytes, taskId: id };
      this.incoming = await this.tools.library.receive(part);
      this.reservedBytes = totalBytes ?? 0;
      if (totalBytes !== null) this.run.log(`The file has ${totalBytes} bytes.`);
    }
    await this.reserve(this.incoming, totalBytes ?? 0);
    await this.rewind(progress);
    return this.incoming;
  }

  private async take(incoming: Incoming, chunk: Buffer, host: string): Promise<void> {
    const { state } = this;
    this.run.signal.throwIfAborted();
    if (state.doneBytes === 0 && looksLikeWebPage(chunk) && !/\.html?$/i.test(state.name))
      throw new TransferError(
        'final',
        `${host} answered with a web page in place of a file. Open the address in a browser, find the file's own ` +
          'address there, and download that.',
      );
    const endBytes = state.doneBytes + chunk.length;
    if (endBytes > (state.totalBytes ?? Infinity))
      throw new TransferError('final', `${host} sends more than it announced.`);
    if (endBytes > this.reservedBytes) await this.reserve(incoming, this.reservedBytes + GROW_BYTES);
    for (let written = 0; written < chunk.length;)
      written += (await incoming.handle.write(chunk, written, chunk.length - written, state.doneBytes + written))
        .bytesWritten;
    state.doneBytes = endBytes;
    incoming.wrote(endBytes);
    this.run.progress(endBytes, state.totalBytes);
    if (endBytes - this.savedBytes < SAVE_EVERY_BYTES) return;
    await incoming.handle.datasync();
    await this.save(state);
  }

  private async reserve(incoming: Incoming, sizeBytes: number): Promise<void> {
    if (sizeBytes <= this.reservedBytes) return;
    await incoming.grow(sizeBytes);
    this.reservedBytes = sizeBytes;
  }

  /** What comes next is written behind `doneBytes`. */
  private async rewind(progress: Progress): Promise<void> {
    if (progress.doneBytes < this.state.doneBytes) this.run.log('It begins from the first byte.');
    await this.incoming?.handle.truncate(progress.doneBytes);
    const { doneBytes, totalBytes, validator } = progress;
    await this.save({ ...this.state, doneBytes, totalBytes, validator });
    this.run.progress(doneBytes, totalBytes);
  }

  private async save(state: DownloadCheckpoint): Promise<void> {
    this.state = { ...state };
    this.savedBytes = state.doneBytes;
    await this.run.save({ ...state });
  }

  /** @returns the SHA-256 of the file @throws AppError when it is not the file that was wanted */
  private async check(incoming: Incoming): Promise<string> {
    const { checksum, doneBytes, name } = this.state;
    this.run.step('Checking the content');
    await this.save(this.state);
    const wanted = checksum?.algorithm ?? 'sha256';
    const found = await hashFile(incoming.handle, doneBytes, ['sha256', wanted], this.run.signal);
    if (checksum && found[wanted] !== checksum.hex)
      throw new AppError(
        'invalid_input',
        `What came for “${name}” is not the file that the checksum is of, so it was thrown away. Check the address ` +
          'and the checksum, or try another mirror.',
        { details: `${wanted} wanted ${checksum.hex}\n${wanted} found  ${found[wanted] ?? ''}` },
      );
    if (checksum) this.run.log(`Its ${wanted} checksum is right.`);
    return found['sha256'] ?? '';
  }
}
