/** The checksum that a download must have: given in hex, or looked up in a list on the web. */
import { AppError } from '../../shared/errors';
import { findChecksum, parseChecksum, type Checksum } from './checksum';
import { copyBody, type BodyLimits } from './copy-body';
import { parseDownloadUrl, urlFileName } from './download-url';
import { fetchFile, type FetchLimits, type FetchRequest } from './fetch-file';
import { TransferError } from './transfer-error';

/** The lists of large mirrors have some 100 KB. */
const MAX_LIST_BYTES = 1024 ** 2;

type Tools = Pick<FetchRequest, 'guard' | 'signal' | 'log'> & { limits: FetchLimits & BodyLimits };

/**
 * @param text hex, or the URL of a list
 * @param file what it is of: the list is searched for the name in its URL, then for the name that it will have
 * @throws AppError when it is neither, or when the list cannot be had or has none for the file
 */
export async function fetchChecksum(
  text: string,
  file: { url: URL; name: string | null },
  tools: Tools,
): Promise<Checksum> {
  const given = parseChecksum(text);
  if (given) return given;
  if (!/^https?:\/\//i.test(text)) {
    const sentence = 'That is no checksum in hex (MD5, SHA-1, SHA-256 or SHA-512), and no address of a list.';
    throw new AppError('invalid_input', sentence, { fields: { checksum: sentence } });
  }
  const list = await fetchList(parseDownloadUrl(text), tools);
  const names = [urlFileName(file.url), file.name].filter((name) => name !== null && name !== '');
  return findChecksum(list, names as string[]);
}

async function fetchList(url: URL, tools: Tools): Promise<string> {
  const { message, url: last } = await fetchFile({ url, resume: null, ...tools });
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    if (message.statusCode !== 200)
      throw new TransferError('final', `${last.host} has no list of checksums there (${message.statusCode ?? 0}).`);
    await copyBody(message, last.host, tools.limits, async (chunk) => {
      sizeBytes += chunk.length;
      if (sizeBytes > MAX_LIST_BYTES)
        throw new TransferError('final', `What ${last.host} has there is too large for a list of checksums.`);
      chunks.push(chunk);
    });
  } finally {
    message.destroy();
  }
  return Buffer.concat(chunks).toString('utf8');
}
