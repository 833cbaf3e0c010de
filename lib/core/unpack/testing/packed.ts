/** Packed data for tests. */
import { crc32, deflateRawSync } from 'node:zlib';

/** What the files of testdata/packed.json hold: text, a hole, the same text. */
export function content(): Buffer {
  const text = Buffer.from(Array.from({ length: 3000 }, (_, i) => `${(i * 7919) % 10007}\n`).join(''));
  return Buffer.concat([text, Buffer.alloc(300_000), text]);
}

export interface ZipEntry {
  name: string;
  data: Buffer;
  /** What the zip says in place of the truth. */
  lies?: { sizeBytes?: number; crc32?: number; flags?: number; method?: number };
}

/** A zip as others make it, or lie in it. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data, lies = {} } of entries) {
    const packed = deflateRawSync(data);
    const nameBytes = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(lies.flags ?? 0, 2);
    facts.writeUInt16LE(lies.method ?? 8, 4);
    facts.writeUInt32LE(lies.crc32 ?? crc32(data), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(lies.sizeBytes ?? data.length, 18);
    facts.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, nameBytes, packed]);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, more, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** A zstd frame of blocks that are 128 KiB of zeros each, in four bytes. */
export function zstdBomb(blocks: number, windowByte = 0x38): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, windowByte]);
  const body = Buffer.alloc(blocks * 4);
  for (let i = 0; i < blocks; i++) {
    body.writeUIntLE((128 * 1024 * 8) | 2 | (i === blocks - 1 ? 1 : 0), i * 4, 3);
  }
  return Buffer.concat([header, body]);
}
