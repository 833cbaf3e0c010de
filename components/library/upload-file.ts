import type { ErrorBody } from '@/lib/shared/errors';
import type { LibraryFile } from '@/lib/shared/events';

export interface UploadEvents {
  onProgress: (sentBytes: number) => void;
  onDone: (file: LibraryFile) => void;
  onError: (error: ErrorBody) => void;
}

const CUT: ErrorBody = {
  code: 'internal',
  message: 'The upload was cut off: the connection to Skep was lost. Check that Skep runs, then upload again.',
};

/**
 * Sends a file to the library, raw, in one request. `fetch` tells nothing about how much was sent, hence XHR.
 *
 * @returns a function that stops the upload; nothing is called back after it
 */
export function uploadFile(file: File, events: UploadEvents): () => void {
  const request = new XMLHttpRequest();
  let stopped = false;
  const unlessStopped =
    (run: () => void): (() => void) =>
    () =>
      stopped ? undefined : run();
  request.upload.onprogress = (event) => stopped || events.onProgress(event.loaded);
  request.onload = unlessStopped(() => {
    const answer = readAnswer(request);
    if ('error' in answer) events.onError(answer.error);
    else events.onDone(answer.file);
  });
  request.onerror = unlessStopped(() => events.onError(CUT));
  request.ontimeout = request.onerror;
  request.open('PUT', `/upload/library/${encodeURIComponent(file.name)}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.send(file);
  return () => {
    stopped = true;
    request.abort();
  };
}

function readAnswer(request: XMLHttpRequest): { file: LibraryFile } | { error: ErrorBody } {
  try {
    const body = JSON.parse(request.responseText) as LibraryFile & { error?: ErrorBody };
    if (body.error) return { error: body.error };
    if (request.status >= 200 && request.status < 300) return { file: body };
  } catch {
    // Not Skep's own words: a proxy's page, most likely. The status says more.
  }
  return {
    error: {
      code: 'internal',
      message: `The upload failed: the server answered ${request.status}. If a proxy stands before Skep, check its size and time limits.`,
    },
  };
}
