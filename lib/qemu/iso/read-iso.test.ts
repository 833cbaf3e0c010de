/**
 * The images in testdata/iso were made by xorriso (ubuntu, fedora) and genisoimage (windows: its files are in UDF
 * alone), and packed.
 */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Bytes } from './bytes';
import { readIsoFacts } from './read-iso';

const image = (name: string) => gunzipSync(readFileSync(`lib/qemu/testdata/iso/${name}.iso.gz`));

function bytesOf(data: Buffer): Bytes & { taken: number } {
  return {
    taken: 0,
    sizeBytes: data.length,
    read(offset, length) {
      this.taken += length;
      return Promise.resolve(data.subarray(offset, offset + length));
    },
  };
}

const facts = (data: Buffer) => readIsoFacts(bytesOf(data));

describe('an ISO', () => {
  it('with a label of its own is known by its .disk/info', async () => {
    expect(await facts(image('ubuntu'))).toEqual({
      ...{ label: 'MY OWN LABEL', system: 'Ubuntu', version: '24.04.1 LTS', preset: 'linux' },
      ...{ architecture: 'x86_64', boots: { bios: true, uefi: true } },
    });
  });

  it('of the Fedora family is known by its .treeinfo', async () => {
    expect(await facts(image('fedora'))).toEqual({
      ...{ label: 'FEDORA', system: 'Fedora', version: '41', preset: 'linux' },
      ...{ architecture: 'arm64', boots: { bios: false, uefi: true } },
    });
  });

  it('of Windows is known by the install.wim in its UDF', async () => {
    expect(await facts(image('windows'))).toEqual({
      ...{ label: 'CCCOMA_X64FRE_EN-US_DV9', system: 'Windows 11', version: 'build 26100', preset: 'windows-11' },
      ...{ architecture: 'x86_64', boots: { bios: true, uefi: false } },
    });
  });

  it('that is cut short still tells what is there', async () => {
    const { label, system } = await facts(image('windows').subarray(0, 40_000));
    expect({ label, system }).toEqual({ label: 'CCCOMA_X64FRE_EN-US_DV9', system: null });
  });

  it('that is nothing of the kind has no facts', async () => {
    const nothing = await facts(Buffer.alloc(0));
    expect(nothing).toMatchObject({ label: null, system: null, boots: { bios: false, uefi: false } });
  });
});

describe('a hostile ISO', () => {
  it.each(['ubuntu', 'fedora', 'windows'])('made of %s by changing bytes is read, and not for long', async (name) => {
    const sound = image(name);
    // Where the structures are: most of an image is padding.
    const used = [...sound.keys()].filter((at) => sound[at] !== 0);
    const change = fc.tuple(fc.constantFrom(...used), fc.constantFrom(0, 1, 2, 0x10, 0x7f, 0x80, 0xff));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 40 }), async (changes) => {
        const data = Buffer.from(sound);
        for (const [at, byte] of changes) data[at] = byte;
        const source = bytesOf(data);
        await readIsoFacts(source);
        return source.taken <= 16 * 1024 * 1024;
      }),
      { numRuns: 300 },
    );
  });

  it('whose root directory claims 4 GiB, and contains itself, is read within the limit', async () => {
    const data = image('ubuntu');
    const root = 16 * 2048 + 156;
    data.writeUInt32LE(0xffffffff, root + 10);
    const source = { ...bytesOf(data), sizeBytes: 2 ** 40 };
    source.read = (offset, length) => {
      source.taken += length;
      return Promise.resolve(Buffer.concat([data.subarray(offset, offset + length)], length));
    };
    expect((await readIsoFacts(source)).label).toBe('MY OWN LABEL');
    expect(source.taken).toBeLessThanOrEqual(16 * 1024 * 1024);
  });
});
