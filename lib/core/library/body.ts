/** An upload's bytes on their way into a file. */
import type { FileHandle } from 'node:fs/promises';
import { Transform, Writable } from 'node:stream';
import { AppError } from '../../shared/errors';

/** Writes to a file one chunk after the other. A stream of the handle's own would keep it from being closed. */
export function writer(handle: FileHandle): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      handle.writeFile(chunk).then(() => done(), done);
    },
  });
}

/** Lets so many bytes through, and refuses one more or less. */
export function exactly(sizeBytes: number): Transform {
  let received = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      if (received > sizeBytes) done(new AppError('invalid_input', 'The upload is longer than announced.'));
      else done(null, chunk);
    },
    flush(done) {
      done(received === sizeBytes ? null : new AppError('invalid_input', 'The upload ended early. Try again.'));
    },
  });
}
