/**
 * Uploads on the wire: tus 1.0.0 with creation, termination and checksum (sha256), served before Next, which would keep
 * the bodies in memory. The gate has checked Host, Origin and session.
 *
 *   POST   /upload/files        201 Location, the upload    507 no room, 409 the name is taken
 *   GET    /upload/files        200 the user's unfinished uploads
 *   HEAD   /upload/files/<id>   200 Upload-Offset
 *   PATCH  /upload/files/<id>   204 Upload-Offset           409 wrong offset, 460 wrong bytes
 *   DELETE /upload/files/<id>   204
 *
 * No kept tus server does what is asked here: each block of a chunk with a SHA-256 of its own, the good blocks of a
 * chunk that was cut kept, and zeros that are named and not sent. A chunk without a checksum is refused.
 * Names of headers: `uploads-request.ts`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UploadService } from '../core/transfers/upload-service';
import type { Actor, SessionView } from '../core/types';
import { errnoOf, ERROR_STATUS, toErrorBody } from '../shared/errors';
import { UPLOADS_PATH } from '../shared/upload';
import { sendError } from './send-error';
import { readContent, readCreate, readOffset, readSender, readUploadId, readWholeSha256 } from './uploads-request';

const TUS = '1.0.0';
/** A connection on which nothing comes for this long is given up; the upload itself waits. */
const SILENT_MS = 60_000;
const WRONG_CHECKSUM = 460;

/** @returns the gate's handler for everything below /upload/ */
export function createUploads(uploads: UploadService) {
  return async (session: SessionView, req: IncomingMessage, res: ServerResponse): Promise<void> => {
    req.setTimeout(SILENT_MS, () => req.destroy());
    res.setHeader('Tus-Resumable', TUS);
    res.setHeader('Cache-Control', 'no-store');
    try {
      await answer(uploads, { userId: session.userId, name: session.name }, req, res);
    } catch (error) {
      refuse(res, error);
    }
  };
}

async function answer(uploads: UploadService, actor: Actor, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const id = readUploadId(req.url ?? '');
  if (id === null && req.method === 'GET') return sendJson(res, 200, uploads.list(actor));
  if (req.headers['tus-resumable'] !== TUS) {
    res.setHeader('Tus-Version', TUS);
    return sendError(res, 412, { code: 'invalid_input', message: 'Uploads are sent with tus 1.0.0 (Tus-Resumable).' });
  }
  if (id === null && req.method === 'POST') return create(uploads, actor, req, res);
  if (id !== null && req.method === 'HEAD') return tell(uploads, actor, id, req, res);
  if (id !== null && req.method === 'PATCH') return append(uploads, actor, id, req, res);
  if (id !== null && req.method === 'DELETE') {
    await uploads.cancel(actor, id);
    return void res.writeHead(204).end();
  }
  sendError(res, 405, { code: 'invalid_input', message: 'This method is not allowed here.' });
}

async function create(uploads: UploadService, actor: Actor, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const upload = await uploads.create(actor, readCreate(req.headers));
  res.setHeader('Location', `${UPLOADS_PATH}/${upload.id}`);
  res.setHeader('Upload-Offset', upload.offset);
  sendJson(res, 201, upload);
}

async function tell(uploads: UploadService, actor: Actor, id: string, req: IncomingMessage, res: ServerResponse) {
  const offset = await uploads.settle(actor, id, readSender(req.headers));
  const { sizeBytes } = uploads.get(actor, id);
  res.writeHead(200, { 'Upload-Offset': offset, 'Upload-Length': sizeBytes }).end();
}

async function append(uploads: UploadService, actor: Actor, id: string, req: IncomingMessage, res: ServerResponse) {
  if (req.headers['content-type'] !== 'application/offset+octet-stream')
    return sendError(res, 415, { code: 'invalid_input', message: 'A chunk is application/offset+octet-stream.' });
  const content = readContent(req.headers);
  const { offset, isRight } = await uploads.append(actor, id, {
    offset: readOffset(req.headers),
    sender: readSender(req.headers),
    wholeSha256: readWholeSha256(req.headers),
    // Left open when a block is refused: the answer has to go out on the same connection.
    content: 'blocks' in content ? { ...content, body: req.iterator({ destroyOnReturn: false }) } : content,
    cut: () => req.destroy(),
  });
  res.setHeader('Upload-Offset', offset);
  if (isRight) return void res.writeHead(204).end();
  const message = 'A block arrived with other bytes than its SHA-256 says. It was not kept; send it again.';
  sendError(res, WRONG_CHECKSUM, { code: 'invalid_input', message });
}

function sendJson(res: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }).end(body);
}

function refuse(res: ServerResponse, error: unknown): void {
  // Cut off: nobody is there any more to be told.
  if (res.destroyed || errnoOf(error) === 'ECONNRESET') return;
  const body = toErrorBody(error);
  if (body.code === 'internal') console.error('An upload failed:', error);
  sendError(res, ERROR_STATUS[body.code], body);
}
