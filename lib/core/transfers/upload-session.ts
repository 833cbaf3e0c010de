/**
 * One upload while it is under way: who sends, how far it is, what of it is safe.
 *
 *   request ─▶ my turn? ─▶ right offset? ─▶ block ─▶ fits its hash? ─▶ write ─▶ offset += block
 *              │ the same sender's older request is cut           │ no: 460, what came before is kept
 *              └ another sender's: busy
 *
 * A block counts when it is written. That survives a kill of Skep, for the kernel has the bytes; what survives a power
 * cut is the offset of the last checkpoint, which is written after an fdatasync.
 */
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../shared/errors';
import { UPLOAD_IDLE_MS, type UploadBlock } from '../../shared/upload';
import { RunningHash } from './running-hash';
import { checkedBlocks, WrongChecksum } from './upload-blocks';

const CHECKPOINT_EVERY_MS = 2_000;
/** A sender that says nothing for this long has gone; then another may go on. */
const SENDER_GONE_MS = 15_000;
const ZEROS = Buffer.alloc(1024 ** 2);

/** What a request brings. */
export interface UploadChunk {
  offset: number;
  /** Tells one tab or program from another; a sender's new request takes the place of its old one. */
  sender: string;
  content: { blocks: UploadBlock[]; body: AsyncIterable<Uint8Array> } | { zeroBytes: number };
  /** SHA-256 of the whole file in hex; comes with the last chunk, if at all. */
  wholeSha256: string | null;
  /** Cuts the request off. */
  cut(): void;
}

interface SessionOptions {
  file: FileHandle;
  sizeBytes: number;
  offset: number;
  onProgress(offset: number): void;
  /** Stores how far it is. Called with an offset that is safe on the disk. */
  save(offset: number, wholeSha256: string | null): Promise<void>;
}

export class UploadSession {
  /** SHA-256 of the whole file as its sender says, or null. */
  wholeSha256: string | null = null;
  readonly hash = new RunningHash();
  private offset: number;
  private current: { sender: string; cut(): void; done: Promise<unknown> } | null = null;
  private last: { sender: string; at: number } | null = null;
  private savedAt = performance.now();
  private idle: NodeJS.Timeout | undefined;
  private isOver = false;
  private end: { resolve(): void; reject(error: Error): void } | null = null;

  constructor(private readonly options: SessionOptions) {
    this.offset = options.offset;
  }

  get offsetNow(): number {
    return this.offset;
  }

  /** Resolves when all bytes are there. @throws AppError `wrong_state` when nobody sends them; when aborted */
  async whole(signal: AbortSignal, idleMs = UPLOAD_IDLE_MS): Promise<void> {
    const stop = () => this.end?.reject(new Error('The upload was stopped.'));
    try {
      await new Promise<void>((resolve, reject) => {
        this.end = { resolve, reject };
        this.waitFor(idleMs);
        signal.addEventListener('abort', stop);
        if (signal.aborted) stop();
        if (this.offset === this.options.sizeBytes) resolve();
      });
    } finally {
      this.isOver = true;
      signal.removeEventListener('abort', stop);
      clearTimeout(this.idle);
      await this.cutCurrent();
    }
  }

  /** Ends the sender's own request that may still hang, so that the offset does not move any more. */
  async settle(sender: string): Promise<number> {
    while (this.current?.sender === sender) await this.cutCurrent();
    return this.offset;
  }

  /**
   * Takes a chunk.
   *
   * @returns the new offset, and whether all blocks had the right bytes
   * @throws AppError `busy` (another sender), `wrong_state` (wrong offset), `invalid_input` (too long), and what the
   *   body throws when it is cut off; the blocks that came before that are kept
   */
  async append(chunk: UploadChunk): Promise<{ offset: number; isRight: boolean }> {
    this.requireTurn(chunk.sender);
    await this.settle(chunk.sender);
    this.requireTurn(chunk.sender);
    this.requireFit(chunk);
    const done = this.take(chunk).finally(() => {
      this.current = null;
    });
    this.current = { sender: chunk.sender, cut: () => chunk.cut(), done };
    return done;
  }

  /** The request that is under way ends; the one that brought the last byte is left to answer. */
  private async cutCurrent(): Promise<void> {
    if (this.offset < this.options.sizeBytes) this.current?.cut();
    await this.current?.done.catch(() => undefined);
  }

  private async take(chunk: UploadChunk): Promise<{ offset: number; isRight: boolean }> {
    this.last = { sender: chunk.sender, at: performance.now() };
    try {
      if ('zeroBytes' in chunk.content) await this.skip(chunk.content.zeroBytes);
      else for await (const block of checkedBlocks(chunk.content.blocks, chunk.content.body)) await this.write(block);
    } catch (error) {
      if (error instanceof WrongChecksum) return { offset: this.offset, isRight: false };
      // Whoever was cut off may come back as another.
      this.last = null;
      throw error;
    } finally {
      this.idle?.refresh();
    }
    if (chunk.wholeSha256 && this.offset === this.options.sizeBytes) this.wholeSha256 = chunk.wholeSha256;
    await this.checkpoint();
    return { offset: this.offset, isRight: true };
  }

  private async write(block: Uint8Array): Promise<void> {
    for (let done = 0; done < block.length;) {
      const { file } = this.options;
      done += (await file.write(block, done, block.length - done, this.offset + done)).bytesWritten;
    }
    this.advance(block);
  }

  /** Zeros are a hole in the file: they take no room, and no time to send. */
  private async skip(zeroBytes: number): Promise<void> {
    await this.options.file.truncate(this.offset + zeroBytes);
    for (let left = zeroBytes; left > 0; left -= ZEROS.length) this.advance(ZEROS.subarray(0, left));
  }

  private advance(bytes: Uint8Array): void {
    this.hash.add(this.offset, bytes);
    this.offset += bytes.length;
    if (this.last) this.last.at = performance.now();
    this.options.onProgress(this.offset);
  }

  private async checkpoint(): Promise<void> {
    const isWhole = this.offset === this.options.sizeBytes;
    if (!isWhole && performance.now() - this.savedAt < CHECKPOINT_EVERY_MS) return;
    this.savedAt = performance.now();
    await this.options.file.datasync();
    await this.options.save(this.offset, this.wholeSha256);
    if (isWhole) this.end?.resolve();
  }

  private waitFor(idleMs: number): void {
    this.idle = setTimeout(() => {
      this.end?.reject(new AppError('wrong_state', 'Nobody went on with this upload for 7 days, so it was given up.'));
    }, idleMs);
    this.idle.unref();
  }

  private requireTurn(sender: string): void {
    if (this.isOver) throw new AppError('not_found', 'This upload has ended.');
    const isGone = !this.current && (!this.last || performance.now() - this.last.at > SENDER_GONE_MS);
    if (isGone || (this.current ?? this.last)?.sender === sender) return;
    throw new AppError('busy', 'This upload is being sent from another tab or computer. Pause it there first.');
  }

  private requireFit({ offset, content }: UploadChunk): void {
    if (offset !== this.offset)
      throw new AppError('wrong_state', `The upload is at byte ${this.offset}, and not at ${offset}.`);
    const length =
      'zeroBytes' in content ? content.zeroBytes : content.blocks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (offset + length > this.options.sizeBytes)
      throw new AppError(
        'invalid_input',
        `The upload would be longer than the ${this.options.sizeBytes} bytes agreed.`,
      );
  }
}
