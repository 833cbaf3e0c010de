import type { Chunk } from './chunk-reader';
import type { Answer, Ask } from './hash-worker';

/** A file of this computer, as the queue reads it. */
export interface FileReading {
  chunk(offset: number): Promise<Chunk>;
  wholeSha256(): Promise<string>;
  close(): void;
}

/** The file cannot be read: it was changed, moved or deleted since it was chosen, or its disk is gone. */
export class UnreadableFile extends Error {}

/**
 * Opens a file in a worker of its own.
 *
 * @param onHashed told how much of it is hashed, in bytes, while the hash catches up
 */
export function openFile(file: File, onHashed: (bytes: number) => void): FileReading {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });
  let waiting: { take: (answer: Answer) => void; fail: (error: Error) => void } | null = null;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    if ('hashed' in data) return onHashed(data.hashed);
    if ('error' in data) waiting?.fail(new UnreadableFile(data.error));
    else waiting?.take(data);
  };
  worker.onerror = (event) => waiting?.fail(new Error(event.message));
  let last: Promise<unknown> = Promise.resolve();
  // One question at a time: after a cut the answer to an old one may still be on its way.
  const ask = (message: Ask): Promise<Answer> => {
    const answer = last.then(
      () =>
        new Promise<Answer>((take, fail) => {
          waiting = { take, fail };
          worker.postMessage(message);
        }),
    );
    last = answer.catch(() => undefined);
    return answer;
  };
  worker.postMessage({ file } satisfies Ask);
  return {
    async chunk(chunkAt) {
      const answer = await ask({ chunkAt });
      if ('chunk' in answer) return answer.chunk;
      throw new Error('The worker gave no chunk.');
    },
    async wholeSha256() {
      const answer = await ask({ whole: true });
      if ('whole' in answer) return answer.whole;
      throw new Error('The worker gave no hash.');
    },
    close: () => worker.terminate(),
  };
}
