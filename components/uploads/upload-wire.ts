/** The requests of an upload. Names and answers: `lib/server/uploads.ts`. */
import type { ErrorBody } from '@/lib/shared/errors';
import { UPLOADS_PATH, type UploadCreate, type UploadView } from '@/lib/shared/upload';
import type { Chunk } from './chunk-reader';

/** A line on which nothing moves for this long is cut, in milliseconds; a closed laptop leaves such ones behind. */
const STALLED_MS = 30_000;

/** Why a request failed. `cut`: nobody answered, or something between here and Skep did. */
export class WireError extends Error {
  constructor(
    readonly status: number | 'cut',
    readonly body: ErrorBody,
  ) {
    super(body.message);
  }
}

export interface UploadWire {
  list(): Promise<UploadView[]>;
  create(file: UploadCreate): Promise<UploadView>;
  /** The first byte that the server has not. */
  offset(id: string): Promise<number>;
  /** Sends a chunk. @returns the new offset */
  send(id: string, chunk: Chunk, body: Blob, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<number>;
  remove(id: string): Promise<void>;
}

/** @param sender tells this tab from others */
export function createWire(sender: string): UploadWire {
  const headers = { 'Tus-Resumable': '1.0.0', 'Skep-Sender': sender };
  return {
    list: async () => (await (await ask('GET', UPLOADS_PATH, {})).json()) as UploadView[],
    async create(file) {
      const answer = await ask('POST', UPLOADS_PATH, { ...headers, ...createHeaders(file) });
      return (await answer.json()) as UploadView;
    },
    async offset(id) {
      const answer = await ask('HEAD', `${UPLOADS_PATH}/${id}`, headers);
      return Number(answer.headers.get('Upload-Offset'));
    },
    send: (id, chunk, body, onProgress, signal) =>
      patch(`${UPLOADS_PATH}/${id}`, { ...headers, ...chunkHeaders(chunk) }, body, onProgress, signal),
    remove: async (id) => void (await ask('DELETE', `${UPLOADS_PATH}/${id}`, headers)),
  };
}

function createHeaders({ name, folder, sizeBytes, modifiedMs }: UploadCreate): Record<string, string> {
  const words = { filename: name, modified: String(modifiedMs), ...(folder === null ? {} : { folder }) };
  const pairs = Object.entries(words).map(([key, value]) => `${key} ${textToBase64(value)}`);
  return { 'Upload-Length': String(sizeBytes), 'Upload-Metadata': pairs.join(',') };
}

function chunkHeaders({ offset, sizeBytes, blocks, wholeSha256 }: Chunk): Record<string, string> {
  return {
    'Content-Type': 'application/offset+octet-stream',
    'Upload-Offset': String(offset),
    ...(blocks ? { 'Skep-Blocks': blocks.join(',') } : { 'Skep-Zeros': String(sizeBytes) }),
    ...(wholeSha256 ? { 'Skep-File-Sha256': wholeSha256 } : {}),
  };
}

async function ask(method: string, url: string, headers: Record<string, string>): Promise<Response> {
  const answer = await fetch(url, { method, headers, signal: AbortSignal.timeout(STALLED_MS) }).catch(() => null);
  if (!answer) throw cut();
  if (answer.ok) return answer;
  throw toError(answer.status, await answer.text().catch(() => ''));
}

/** `fetch` tells nothing about how much was sent, hence XHR. */
function patch(
  url: string,
  headers: Record<string, string>,
  body: Blob,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    let stalled = setTimeout(stop, STALLED_MS);
    const end = () => {
      clearTimeout(stalled);
      signal.removeEventListener('abort', stop);
    };
    request.upload.onprogress = ({ loaded }) => {
      clearTimeout(stalled);
      stalled = setTimeout(stop, STALLED_MS);
      onProgress(loaded);
    };
    request.onloadend = () => {
      end();
      if (request.status >= 200 && request.status < 300) resolve(Number(request.getResponseHeader('Upload-Offset')));
      else reject(request.status === 0 ? cut() : toError(request.status, request.responseText));
    };
    request.open('PATCH', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    signal.addEventListener('abort', stop);
    request.send(body);
    if (signal.aborted) stop();
  });
}

function toError(status: number, text: string): WireError {
  try {
    const { error } = JSON.parse(text) as { error?: ErrorBody };
    if (error) return new WireError(status, error);
  } catch {
    // Not Skep's own words: an answer without a body, or a proxy's page. The status says more.
  }
  const isProxy = status >= 502 && status <= 504;
  return new WireError(isProxy ? 'cut' : status, {
    code: status === 404 ? 'not_found' : 'internal',
    message: `The server answered ${status}. If a proxy stands before Skep, check its size and time limits.`,
  });
}

function cut(): WireError {
  return new WireError('cut', { code: 'internal', message: 'The connection to Skep is lost.' });
}

function textToBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
