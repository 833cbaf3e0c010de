/** What is in a zip. Names inside are shown and compared, and never used as paths. */
import { once } from 'node:events';
import { crc32 } from 'node:zlib';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { fromFd, type Entry, type ZipFile } from 'yauzl';
import type { PackedMember } from '../../shared/unpack';
import { BrokenPacking, type PackedSource } from './packed-source';

/** More members than any archive of images has. */
const MAX_ENTRIES = 10_000;
const MAX_SHOWN = 200;
const IMAGE_NAME = /\.(iso|img|ima|raw|bin|dsk|qcow2?|vmdk|vdi|vhdx?|hdd)$/i;
/** Stored, and deflated; the others are rare and need other decoders. */
const KNOWN_METHODS = [0, 8];

/** The files in a zip, those that look like images first. @throws BrokenPacking */
export async function zipMembers(source: PackedSource): Promise<PackedMember[]> {
  const members: PackedMember[] = [];
  await eachEntry(source, async (entry) => {
    const name = nameOf(entry);
    if (!name.endsWith('/') && entry.uncompressedSize > 0)
      members.push({ name, sizeBytes: entry.uncompressedSize, refusal: refusalOf(entry) });
    return false;
  });
  const rank = ({ name }: PackedMember) => (IMAGE_NAME.test(name) ? 0 : 1);
  return members.sort((a, b) => rank(a) - rank(b) || b.sizeBytes - a.sizeBytes).slice(0, MAX_SHOWN);
}

/** The member to take when nobody chose: the only file, or the only one that looks like an image. Pure. */
export function onlyMember(members: readonly PackedMember[]): PackedMember | null {
  const images = members.filter(({ name }) => IMAGE_NAME.test(name));
  const choice = images.length > 0 ? images : members;
  return choice.length === 1 ? (choice[0] ?? null) : null;
}

/** The unpacked bytes of one member, checked against its size and checksum. @throws BrokenPacking */
export async function* unzip(source: PackedSource, member: string): AsyncGenerator<Buffer> {
  let found: { zip: ZipFile; entry: Entry } | null = null;
  await eachEntry(source, async (entry, zip) => {
    if (nameOf(entry) === member) found = { zip, entry };
    return found !== null;
  });
  if (!found) throw new BrokenPacking('the file is not in it');
  yield* readEntry(source, found);
}

async function* readEntry(source: PackedSource, { zip, entry }: { zip: ZipFile; entry: Entry }) {
  const open = promisify(
    zip.openReadStream.bind(zip) as (e: Entry, done: (err: Error | null, s: Readable) => void) => void,
  );
  const stream = await open(entry).catch(broken);
  let crc = 0;
  let doneBytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      crc = crc32(chunk, crc);
      doneBytes += chunk.length;
      // The decoder reads by itself; how far it is can only be told from what came out.
      source.onRead((chunk.length * entry.compressedSize) / entry.uncompressedSize);
      yield chunk;
    }
  } catch (error) {
    broken(error);
  } finally {
    stream.destroy();
  }
  if (doneBytes !== entry.uncompressedSize || crc !== entry.crc32) throw new BrokenPacking('its checksum is wrong');
}

/** @param visit answers true to stop */
async function eachEntry(
  { handle }: PackedSource,
  visit: (entry: Entry, zip: ZipFile) => Promise<boolean>,
): Promise<void> {
  // Names stay bytes: a bad one must not hide the others. The descriptor is closed by whoever opened it.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false };
  const zip = await promisify(fromFd as FromFd)(handle.fd, options).catch(broken);
  zip.on('error', () => undefined);
  if (zip.entryCount > MAX_ENTRIES) throw new BrokenPacking(`it holds more than ${MAX_ENTRIES} files`);
  for (let read = 0; read < zip.entryCount; read++) {
    const next = once(zip, 'entry') as Promise<[Entry]>;
    zip.readEntry();
    const [entry] = await next.catch(broken);
    if (await visit(entry, zip)) return;
  }
}

type FromFd = (
  fd: number,
  options: { lazyEntries: boolean; autoClose: boolean; decodeStrings: boolean },
  done: (error: Error | null, zip: ZipFile) => void,
) => void;

function broken(error: unknown): never {
  if (error instanceof BrokenPacking) throw error;
  throw new BrokenPacking('its zip data is broken', { cause: error });
}

function nameOf(entry: Entry): string {
  // Without decodeStrings it is a Buffer, whatever the type says.
  const raw = Buffer.from(entry.fileName as string | Buffer);
  return raw.toString('utf8');
}

function refusalOf(entry: Entry): string | null {
  if (entry.isEncrypted()) return 'It is encrypted.';
  if (!KNOWN_METHODS.includes(entry.compressionMethod)) return 'It is packed in a way that Skep does not know.';
  return null;
}
