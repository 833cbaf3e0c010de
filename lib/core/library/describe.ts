/** What a library file is, by its own content: header first, and for a CD image what it says of itself. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { HEADER_BYTES, readImageHeader, refusalOf } from '../../qemu/image-header';
import { bytesOfFile } from '../../qemu/iso/bytes';
import { readIsoFacts } from '../../qemu/iso/read-iso';
import type { LibraryFacts } from './records';

const NOTHING = { label: null, virtualBytes: null, facts: null };

/** Never throws: a file that cannot be read is one that cannot be used, and says why. */
export async function describeImage(path: string): Promise<LibraryFacts> {
  let handle: FileHandle | undefined;
  try {
    // Nobody can put a link or a pipe in the file's place meanwhile.
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    return await describe(handle);
  } catch (error) {
    return { ...NOTHING, kind: 'other', refusal: `It cannot be read: ${String(error)}` };
  } finally {
    await handle?.close();
  }
}

async function describe(handle: FileHandle): Promise<LibraryFacts> {
  const { size } = await handle.stat();
  const bytes = bytesOfFile(handle, size);
  const header = readImageHeader(await bytes.read(0, HEADER_BYTES), size);
  if (header.kind === 'iso') {
    const facts = await readIsoFacts(bytes);
    return { ...NOTHING, kind: 'iso', label: facts.label, facts, refusal: null };
  }
  const refusal = refusalOf(header);
  if (header.kind === 'qcow2' || header.kind === 'raw')
    return { ...NOTHING, kind: header.kind, virtualBytes: header.virtualBytes, refusal };
  return { ...NOTHING, kind: 'other', refusal };
}
