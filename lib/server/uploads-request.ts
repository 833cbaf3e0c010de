/**
 * What a request below /upload/ asks for, from its line and headers. Pure.
 *
 *   Upload-Length, Upload-Metadata (filename, folder, modified)    a new upload
 *   Upload-Offset, Upload-Checksum: sha256 <base64>                a chunk of one block
 *   Upload-Offset, Skep-Blocks: <base64>,<base64>,…                a chunk of blocks of 256 KiB, the last one shorter
 *   Upload-Offset, Skep-Zeros: <bytes>                             that many zeros, which are not sent
 *   Skep-File-Sha256: <hex>                                        of the whole file, with its last chunk
 *   Skep-Sender: <word>                                            which tab sends, so that two do not mix
 */
import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '../shared/errors';
import { parse } from '../shared/parse';
import {
  sha256Hex,
  UPLOAD_BLOCK_BYTES,
  UPLOAD_CHUNK_BYTES,
  UPLOAD_ZEROS_BYTES,
  uploadCreate,
  UPLOADS_PATH,
  type UploadBlock,
  type UploadCreate,
} from '../shared/upload';

/** The upload's id in an address, null for the address of all. @throws AppError `not_found` */
export function readUploadId(url: string): string | null {
  const [path = ''] = url.split('?', 1);
  if (path === UPLOADS_PATH) return null;
  const id = path.startsWith(`${UPLOADS_PATH}/`) ? path.slice(UPLOADS_PATH.length + 1) : '';
  if (/^[0-9a-f-]{36}$/.test(id)) return id;
  throw new AppError('not_found', 'There is no such address here.');
}

/** @throws AppError `invalid_input` */
export function readCreate(headers: IncomingHttpHeaders): UploadCreate {
  const words = new Map(
    (header(headers, 'upload-metadata') ?? '').split(',').map((pair) => {
      const [key = '', value = ''] = pair.trim().split(' ');
      return [key, Buffer.from(value, 'base64').toString('utf8')] as const;
    }),
  );
  return parse(uploadCreate, {
    name: words.get('filename'),
    folder: words.get('folder') || null,
    sizeBytes: readNumber(headers, 'upload-length') ?? Number.NaN,
    modifiedMs: Number(words.get('modified') ?? 0),
  });
}

/** What a chunk holds: the blocks of its body, or zeros. @throws AppError `invalid_input` */
export function readContent(headers: IncomingHttpHeaders): { blocks: UploadBlock[] } | { zeroBytes: number } {
  const zeroBytes = readNumber(headers, 'skep-zeros');
  const length = readNumber(headers, 'content-length');
  if (length === null) throw new AppError('invalid_input', 'A chunk must say how long it is (Content-Length).');
  if (length > UPLOAD_CHUNK_BYTES || (zeroBytes ?? 0) > UPLOAD_ZEROS_BYTES)
    throw new AppError('invalid_input', `A chunk has at most ${UPLOAD_CHUNK_BYTES} bytes.`);
  if (zeroBytes === null) return { blocks: readBlocks(headers, length) };
  if (length > 0) throw new AppError('invalid_input', 'Zeros are not sent: the body must be empty.');
  return { zeroBytes };
}

/** Where a chunk begins. @throws AppError `invalid_input` */
export function readOffset(headers: IncomingHttpHeaders): number {
  const offset = readNumber(headers, 'upload-offset');
  if (offset === null) throw new AppError('invalid_input', 'A chunk must say where it begins (Upload-Offset).');
  return offset;
}

export function readWholeSha256(headers: IncomingHttpHeaders): string | null {
  const hash = header(headers, 'skep-file-sha256');
  return hash === undefined ? null : parse(sha256Hex, hash);
}

export function readSender(headers: IncomingHttpHeaders): string {
  return (header(headers, 'skep-sender') ?? '').slice(0, 64);
}

function readBlocks(headers: IncomingHttpHeaders, length: number): UploadBlock[] {
  const [algorithm, checksum] = (header(headers, 'upload-checksum') ?? '').split(' ');
  if (algorithm) {
    if (algorithm !== 'sha256') throw new AppError('invalid_input', 'The only checksum that is known is sha256.');
    return [{ sizeBytes: length, sha256: toHex(checksum ?? '') }];
  }
  const list = header(headers, 'skep-blocks');
  if (!list) throw new AppError('invalid_input', 'A chunk must come with its SHA-256 (Upload-Checksum).');
  const hashes = list.split(',').map(toHex);
  if (hashes.length !== Math.ceil(length / UPLOAD_BLOCK_BYTES))
    throw new AppError('invalid_input', 'A chunk must come with one SHA-256 for each 256 KiB (Skep-Blocks).');
  return hashes.map((sha256, i) => ({
    sizeBytes: Math.min(UPLOAD_BLOCK_BYTES, length - i * UPLOAD_BLOCK_BYTES),
    sha256,
  }));
}

function toHex(base64: string): string {
  return parse(sha256Hex, Buffer.from(base64.trim(), 'base64').toString('hex'));
}

function readNumber(headers: IncomingHttpHeaders, name: string): number | null {
  const text = header(headers, name);
  if (text === undefined) return null;
  const number = Number(text);
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new AppError('invalid_input', `The header ${name} is no whole number.`);
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}
