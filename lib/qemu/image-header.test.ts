import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEADER_BYTES, readImageHeader, refusalOf, type ImageHeader } from './image-header';

const MIB = 1024 * 1024;

interface Qcow2 {
  version?: number;
  virtualBytes?: bigint;
  backingOffset?: bigint;
  backingSize?: number;
  features?: bigint;
  crypt?: number;
  snapshots?: number;
  extensions?: [type: number, data: Buffer][];
}

function qcow2(fields: Qcow2 = {}): Buffer {
  const { version = 3, extensions = [] } = fields;
  const head = Buffer.alloc(HEADER_BYTES);
  head.write('QFI\xfb', 'latin1');
  head.writeUInt32BE(version, 4);
  head.writeBigUInt64BE(fields.backingOffset ?? 0n, 8);
  head.writeUInt32BE(fields.backingSize ?? 0, 16);
  head.writeUInt32BE(16, 20);
  head.writeBigUInt64BE(fields.virtualBytes ?? BigInt(10 * MIB), 24);
  head.writeUInt32BE(fields.crypt ?? 0, 32);
  head.writeUInt32BE(fields.snapshots ?? 0, 60);
  if (version >= 3) head.writeBigUInt64BE(fields.features ?? 0n, 72);
  if (version >= 3) head.writeUInt32BE(104, 100);
  let at = version >= 3 ? 104 : 72;
  for (const [type, data] of extensions) {
    head.writeUInt32BE(type, at);
    head.writeUInt32BE(data.length, at + 4);
    data.copy(head, at + 8);
    at += 8 + Math.ceil(data.length / 8) * 8;
  }
  return head;
}

function iso(label: string, standard = 'CD001'): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt16LE(0xaa55, 510); // a hybrid image starts like a disk
  head.write(`\x01${standard}\x01`, 32768, 'latin1');
  head.write(label.padEnd(32), 32768 + 40, 'latin1');
  return head;
}

const read = (head: Buffer, size = head.length) => readImageHeader(head, size);
const refusal = (head: Buffer, size = head.length) => refusalOf(read(head, size));

describe('qcow2', () => {
  it('is taken when it stands alone', () => {
    const header = read(qcow2({ snapshots: 3 }));
    expect(header).toEqual({
      ...{ kind: 'qcow2', version: 3, virtualBytes: 10 * MIB, backing: false, dataFile: false },
      ...{ encrypted: false, damaged: false, snapshots: 3 },
    });
    expect(refusalOf(header)).toBeNull();
    expect(refusal(qcow2({ version: 2 }))).toBeNull();
  });

  it.each<[string, Qcow2, RegExp]>([
    ['a backing file', { backingOffset: 0x200n, backingSize: 11 }, /difference to another file.*qemu-img convert/],
    ['a backing file without offset', { backingSize: 11 }, /difference/],
    ['a data file by its feature bit', { features: 4n }, /external data file/],
    ['a data file by its name alone', { extensions: [[0x44415441, Buffer.from('/etc/shadow')]] }, /external data file/],
    [
      'a data file named in version 2',
      { version: 2, extensions: [[0x44415441, Buffer.from('/x')]] },
      /external data file/,
    ],
    ['encryption', { crypt: 2 }, /encrypted/],
    ['damage', { features: 2n }, /damaged/],
    ['an unknown version', { version: 4 }, /version 4/],
    ['no size', { virtualBytes: 0n }, /empty/],
    ['60 TB', { virtualBytes: 60n * 10n ** 12n }, /16 TiB/],
    ['2^63-1', { virtualBytes: 2n ** 63n - 1n }, /16 TiB/],
    ['-1', { virtualBytes: 2n ** 64n - 1n }, /16 TiB/],
    ['1 byte', { virtualBytes: 1n }, /multiple of 512/],
  ])('with %s is refused', (_name, fields, sentence) => {
    expect(refusal(qcow2(fields))).toMatch(sentence);
  });

  it('finds the data file behind other extensions', () => {
    const before: [number, Buffer][] = [
      [0xe2792aca, Buffer.from('raw')],
      [0x6803f857, Buffer.alloc(96)],
    ];
    expect(read(qcow2({ extensions: before }))).toMatchObject({ dataFile: false });
    expect(read(qcow2({ extensions: [...before, [0x44415441, Buffer.from('d')]] }))).toMatchObject({ dataFile: true });
  });

  it('cut short is refused and not read beyond its end', () => {
    expect(refusal(qcow2().subarray(0, 20))).toMatch(/empty/);
    expect(refusal(Buffer.from('QFI\xfb', 'latin1'))).toMatch(/version 0/);
  });
});

describe('CD images', () => {
  it('are known by their volume descriptor, also when they start like a disk', () => {
    expect(read(iso('Debian 12.5.0 amd64 n'))).toEqual({ kind: 'iso', label: 'Debian 12.5.0 amd64 n' });
    expect(read(iso(''))).toEqual({ kind: 'iso', label: null });
    expect(read(iso('A\x1b[31m'))).toEqual({ kind: 'iso', label: 'A[31m' });
    expect(read(iso('', 'BEA01'))).toEqual({ kind: 'iso', label: null });
    expect(refusal(iso('X'))).toMatch(/CD-ROM drive/);
  });
});

describe('other formats', () => {
  const at = (offset: number, bytes: string) => {
    const head = Buffer.alloc(4096);
    head.write(bytes, offset, 'latin1');
    return head;
  };
  const old = qcow2({ version: 2 });
  old.writeUInt32BE(1, 4);

  it.each<[Exclude<ImageHeader['kind'], 'qcow2' | 'raw' | 'iso'>, Buffer, string]>([
    ['qcow', old, 'qemu-img convert -f qcow -O qcow2'],
    ['vmdk', at(0, 'KDMV'), 'qemu-img convert -f vmdk -O qcow2'],
    ['vmdk', at(0, 'COWD'), 'qemu-img convert -f vmdk -O qcow2'],
    ['vmdk', at(0, '# Disk DescriptorFile\nRW 1 FLAT "/etc/shadow" 0'), 'qemu-img convert -f vmdk -O qcow2'],
    ['vdi', at(0x40, '\x7f\x10\xda\xbe'), 'qemu-img convert -f vdi -O qcow2'],
    ['vhdx', at(0, 'vhdxfile'), 'qemu-img convert -f vhdx -O qcow2'],
    ['vpc', at(0, 'conectix'), 'qemu-img convert -f vpc -O qcow2'],
    ['qed', at(0, 'QED\0'), 'qemu-img convert -f qed -O qcow2'],
    ['parallels', at(0, 'WithouFreSpacExt'), 'qemu-img convert -f parallels -O qcow2'],
    ['luks', at(0, 'LUKS\xba\xbe'), 'Decrypt'],
    ['gzip', at(0, '\x1f\x8b\x08'), 'in the library'],
    ['xz', at(0, '\xfd7zXZ\0'), 'in the library'],
    ['zstd', at(0, '\x28\xb5\x2f\xfd'), 'in the library'],
    ['bzip2', at(0, 'BZh9'), 'bunzip2'],
    ['zip', at(0, 'PK\x03\x04'), 'in the library'],
    ['tar', at(257, 'ustar\x0000'), 'tar -xf'],
  ])('%s is named, with the way out', (kind, head, wayOut) => {
    expect(read(head)).toEqual({ kind });
    expect(refusal(head)).toContain(wayOut);
  });
});

describe('raw disks', () => {
  it('are what is left, and have the size of the file', () => {
    expect(read(Buffer.alloc(HEADER_BYTES), 20 * MIB)).toEqual({ kind: 'raw', virtualBytes: 20 * MIB });
    expect(refusal(Buffer.alloc(HEADER_BYTES), 20 * MIB)).toBeNull();
  });

  it.each<[number, RegExp]>([
    [0, /empty/],
    [512, /smaller than 1 MiB/],
    [MIB + 1, /multiple of 512/],
    [17 * 1024 ** 4, /16 TiB/],
  ])('of %i bytes are refused', (size, sentence) => {
    expect(refusal(Buffer.alloc(0), size)).toMatch(sentence);
  });
});

describe('any bytes', () => {
  const magics = ['', 'QFI\xfb\0\0\0\x02', 'QFI\xfb\0\0\0\x03', 'KDMV', '\x1f\x8b', 'conectix'];

  it('never throw, and always give an answer', () => {
    const bytes = fc.uint8Array({ maxLength: 400 });
    fc.assert(
      fc.property(fc.constantFrom(...magics), bytes, fc.maxSafeNat(), (magic, rest, size) => {
        const sentence = refusal(Buffer.concat([Buffer.from(magic, 'latin1'), rest]), size);
        return sentence === null || sentence.length > 5;
      }),
      { numRuns: 2_000 },
    );
  });

  it('ends on extensions that lie about their length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 4096 }), (rest) => {
        const head = Buffer.concat([qcow2().subarray(0, 104), rest]);
        return read(head).kind === 'qcow2';
      }),
    );
  });
});
