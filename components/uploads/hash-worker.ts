/** The worker behind `reader-client.ts`: one file, asked for its chunks and its hash. */
import { ChunkReader, type Chunk } from './chunk-reader';

export type Ask = { file: Blob } | { chunkAt: number } | { whole: true };
export type Answer = { hashed: number } | { chunk: Chunk } | { whole: string } | { error: string };

declare const self: { onmessage: ((event: MessageEvent<Ask>) => void) | null; postMessage(answer: Answer): void };

/** Answers what the page asks of one file. */
function serve(): void {
  let reader: ChunkReader | null = null;
  const answer = async (ask: Ask): Promise<void> => {
    if ('file' in ask) {
      reader = new ChunkReader(ask.file, (hashed) => self.postMessage({ hashed }));
      return;
    }
    if (!reader) throw new Error('No file was given.');
    if ('chunkAt' in ask) self.postMessage({ chunk: await reader.chunk(ask.chunkAt) });
    else self.postMessage({ whole: await reader.wholeSha256() });
  };
  self.onmessage = ({ data }) => {
    answer(data).catch((error: unknown) => self.postMessage({ error: String(error) }));
  };
}

serve();
