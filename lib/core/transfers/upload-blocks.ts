/** Cuts the bytes of a request into the blocks that were announced, and checks each. */
import { createHash } from 'node:crypto';
import type { UploadBlock } from '../../shared/upload';
import { AppError } from '../../shared/errors';

/** A block arrived with other bytes than announced: the line, or a proxy on it, changed them. */
export class WrongChecksum extends Error {}

/**
 * Yields each block once all its bytes are there and fit its hash. The bytes are the caller's until the next step.
 *
 * @throws WrongChecksum at the first block that does not fit
 * @throws AppError `invalid_input` when the body is longer than its blocks
 * @throws whatever the body throws when it is cut off; a body that just ends early is no error
 */
export async function* checkedBlocks(
  blocks: readonly UploadBlock[],
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(Math.max(0, ...blocks.map(({ sizeBytes }) => sizeBytes)));
  let filled = 0;
  let next = 0;
  for await (const part of body) {
    for (let from = 0; from < part.length;) {
      const block = blocks[next];
      if (!block) throw new AppError('invalid_input', 'The request is longer than the blocks that it announced.');
      const taken = part.subarray(from, from + block.sizeBytes - filled);
      buffer.set(taken, filled);
      filled += taken.length;
      from += taken.length;
      if (filled < block.sizeBytes) break;
      const whole = buffer.subarray(0, filled);
      if (createHash('sha256').update(whole).digest('hex') !== block.sha256) throw new WrongChecksum();
      yield whole;
      filled = 0;
      next++;
    }
  }
}
