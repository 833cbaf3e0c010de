/** What a download's URL may look like, and the file name that follows from it. Pure. */
import { libraryFileName } from '../../shared/device';
import { AppError } from '../../shared/errors';

const MAX_URL_LENGTH = 2048;
const MAX_NAME_LENGTH = 200;

/**
 * Parses a URL. The parser has already turned `0x7f.1`, `127.1` and the like into plain addresses.
 *
 * @param base the URL that passed on to this one
 * @throws AppError `invalid_input` unless it is http or https, without credentials, on a port where files are served
 */
export function parseDownloadUrl(text: string, base?: URL): URL {
  if (text.length > MAX_URL_LENGTH) throw refuse('The address is too long.');
  const url = URL.canParse(text, base) ? new URL(text, base) : null;
  if (!url) throw refuse('That is no web address. It looks like https://example.com/image.iso.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refuse(`Skep downloads by http and https only, not by ${url.protocol.replace(':', '')}.`);
  if (url.username !== '' || url.password !== '')
    throw refuse('The address must not hold a user name or a password: they would be kept in the list of tasks.');
  // The port of a URL stays in its place for hosts that are listed too: mail and databases serve no images.
  const port = portOf(url);
  if (port < 1024 && port !== 80 && port !== 443) throw refuse(`Port ${port} serves no files for download.`);
  url.hash = '';
  return url;
}

/** The TCP port of a parsed http or https URL. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

/** The last part of the URL's path, decoded; empty when there is none. */
export function urlFileName(url: URL): string {
  const last = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/**
 * The name under which a download is stored: what the server calls it, else what the URL calls it, made safe.
 *
 * @param disposition the Content-Disposition header (RFC 6266), or undefined
 */
export function nameOf(disposition: string | undefined, url: URL): string {
  return safeName(dispositionName(disposition ?? '')) ?? safeName(urlFileName(url)) ?? 'download';
}

/** `filename*=UTF-8''…` before `filename="…"`; empty when there is neither. */
function dispositionName(header: string): string {
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header)?.[1];
  if (extended) {
    try {
      return decodeURIComponent(extended);
    } catch {
      // A name that cannot be decoded is passed over; the plain one follows.
    }
  }
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1');
  return /;\s*filename\s*=\s*([^;\s"]+)/i.exec(header)?.[1] ?? '';
}

/** A name of others as a library file name: no folders, no control characters, not hidden. Null when nothing is left. */
function safeName(name: string): string | null {
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const plain = last
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/^[.\s]+|\s+$/gu, '')
    .slice(0, MAX_NAME_LENGTH);
  return libraryFileName.safeParse(plain).success ? plain : null;
}

function refuse(sentence: string): AppError {
  return new AppError('invalid_input', sentence, { fields: { url: sentence } });
}
