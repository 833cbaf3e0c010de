import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readImageHeader, refusalOf } from './image-header';
import { copyArgv, copyImage, createArgv, createDisk, imageInfo, type QemuImgTools } from './qemu-img';
import { QemuLab } from './testing/real-qemu';

const MIB = 1024 ** 2;
const CANARY = 'canary-7f3a9c5e-never-leaves-the-host';

let lab: QemuLab;
let tools: QemuImgTools;
beforeEach(() => {
  lab = new QemuLab();
  tools = { qemuImgPath: '/usr/bin/qemu-img', runAs: lab.runAs };
});
afterEach(() => lab.close());

const path = (name: string) => join(lab.root, 'files', name);
const header = (file: string) => readImageHeader(readFileSync(file), statSync(file).size);

/** Makes an image with any options, as a stranger would. */
function stranger(...args: string[]): void {
  const made = spawnSync('qemu-img', ['create', '-q', ...args]);
  if (made.status !== 0) throw new Error(made.stderr.toString());
  for (const name of readdirSync(join(lab.root, 'files'))) lab.give(path(name));
}

/** A program in place of qemu-img for the copy itself; questions go to the real one. */
function failingConvert(script: string): QemuImgTools {
  const file = join(lab.root, 'qemu-img');
  writeFileSync(file, `#!/bin/sh\ncase "$1" in info) exec /usr/bin/qemu-img "$@";; esac\n${script}\n`, { mode: 0o755 });
  chmodSync(file, 0o755);
  return { ...tools, qemuImgPath: file };
}

describe('createDisk', () => {
  it.each(['qcow2', 'raw'] as const)('makes a thin %s, for its owner alone', async (format) => {
    const file = path(`disk0.${format}`);
    await createDisk({ file, format, sizeBytes: 10 * 1024 * MIB }, tools);
    const info = statSync(file);
    expect(info.mode & 0o077).toBe(0);
    expect(info.uid).toBe(lab.runAs?.uid ?? process.getuid?.());
    expect(info.blocks * 512).toBeLessThan(MIB);
    expect(await imageInfo({ file, format }, tools)).toMatchObject({ format, virtualBytes: 10 * 1024 * MIB });
    if (format === 'qcow2') expect(header(file)).toMatchObject({ kind: 'qcow2', virtualBytes: 10 * 1024 * MIB });
  });

  it('overwrites nothing', async () => {
    const file = lab.file('disk0.raw', 'precious');
    await expect(createDisk({ file, format: 'raw', sizeBytes: MIB }, tools)).rejects.toMatchObject({
      code: 'already_exists',
    });
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });

  it('says what is wrong when the folder is missing', async () => {
    const creating = createDisk({ file: '/nowhere/d.raw', format: 'raw', sizeBytes: MIB }, tools);
    await expect(creating).rejects.toMatchObject({
      code: 'qemu_failed',
      details: expect.stringContaining('/nowhere') as string,
    });
  });
});

describe('copyImage', () => {
  it('copies the bytes from one format to the other and back, and reports progress', async () => {
    const bytes = Buffer.alloc(8 * MIB);
    for (let at = 0; at < bytes.length; at += 4096) bytes.writeUInt32LE(at, at);
    const raw = lab.file('a,b json:{.raw', bytes);
    const progress: number[] = [];
    const onProgress = (p: number) => progress.push(p);
    await copyImage({ from: raw, fromFormat: 'raw', to: path('c.qcow2'), toFormat: 'qcow2', onProgress }, tools);
    await copyImage({ from: path('c.qcow2'), fromFormat: 'qcow2', to: path('d.raw'), toFormat: 'raw' }, tools);
    expect(readFileSync(path('d.raw')).equals(bytes)).toBe(true);
    expect(progress.at(-1)).toBe(1);
    expect(statSync(path('d.raw')).mode & 0o077).toBe(0);
    expect(readdirSync(join(lab.root, 'files')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('leaves the snapshots of a stranger behind', async () => {
    stranger('-f', 'qcow2', path('s.qcow2'), '4M');
    for (const name of ['a', 'b', 'c']) spawnSync('qemu-img', ['snapshot', '-c', name, path('s.qcow2')]);
    expect((await imageInfo({ file: path('s.qcow2'), format: 'qcow2' }, tools)).snapshots).toEqual(['a', 'b', 'c']);
    await copyImage({ from: path('s.qcow2'), fromFormat: 'qcow2', to: path('t.qcow2'), toFormat: 'qcow2' }, tools);
    expect((await imageInfo({ file: path('t.qcow2'), format: 'qcow2' }, tools)).snapshots).toEqual([]);
  });

  it.each<[string, (secret: string) => string[]]>([
    ['a backing file', (secret) => ['-f', 'qcow2', '-b', secret, '-F', 'raw', path('evil.qcow2'), '1M']],
    ['a relative backing file', () => ['-f', 'qcow2', '-b', 'secret', '-F', 'raw', path('evil.qcow2'), '1M']],
    ['a backing file that is gone', () => ['-u', '-f', 'qcow2', '-b', '/gone', '-F', 'raw', path('evil.qcow2'), '1M']],
    [
      'a json: backing file',
      (s) => [
        '-u',
        '-f',
        'qcow2',
        '-b',
        `json:{"driver":"raw","file":{"driver":"file","filename":"${s}"}}`,
        '-F',
        'raw',
        path('evil.qcow2'),
        '1M',
      ],
    ],
    [
      'a data file',
      () => ['-f', 'qcow2', '-o', `data_file=${path('data')},data_file_raw=on`, path('evil.qcow2'), '1M'],
    ],
  ])('refuses %s, twice', async (_what, args) => {
    const secret = lab.file('secret', CANARY.padEnd(MIB, '\n'));
    stranger(...args(secret));
    const from = path('evil.qcow2');
    expect(refusalOf(header(from))).toBeTruthy();
    const copying = copyImage({ from, fromFormat: 'qcow2', to: path('out.raw'), toFormat: 'raw' }, tools);
    await expect(copying).rejects.toMatchObject({ code: expect.stringMatching(/invalid_input|qemu_failed/) as string });
    expect(existsSync(path('out.raw'))).toBe(false);
  });

  it('does not open a backing file even without the refusals before it', () => {
    const secret = lab.file('secret', CANARY.padEnd(MIB, '\n'));
    stranger('-f', 'qcow2', '-b', secret, '-F', 'raw', path('evil.qcow2'), '1M');
    const argv = copyArgv({ from: path('evil.qcow2'), fromFormat: 'qcow2', to: path('out.raw'), toFormat: 'raw' });
    expect(spawnSync('qemu-img', argv).status).toBe(0);
    expect(readFileSync(path('out.raw')).includes(CANARY)).toBe(false);
  });

  it('reads a raw disk as raw, whatever its guest wrote into it', async () => {
    const secret = lab.file('secret', CANARY.padEnd(MIB, '\n'));
    stranger('-f', 'qcow2', '-b', secret, '-F', 'raw', path('evil.qcow2'), '1M');
    const image = readFileSync(path('evil.qcow2'));
    await copyImage({ from: path('evil.qcow2'), fromFormat: 'raw', to: path('out.raw'), toFormat: 'raw' }, tools);
    expect(readFileSync(path('out.raw')).subarray(0, image.length).equals(image)).toBe(true);
    expect(readFileSync(path('out.raw')).includes(CANARY)).toBe(false);
  });

  it('leaves nothing when it is aborted', async () => {
    const abort = new AbortController();
    const slow = failingConvert('for last; do :; done; : > "$last"; echo "    (10.00/100%)"; exec sleep 60');
    const onProgress = () => abort.abort();
    const from = lab.file('a.raw', Buffer.alloc(MIB));
    const copy = {
      from,
      fromFormat: 'raw',
      to: path('b.raw'),
      toFormat: 'raw',
      onProgress,
      signal: abort.signal,
    } as const;
    await expect(copyImage(copy, slow)).rejects.toMatchObject({ code: 'wrong_state' });
    expect(readdirSync(join(lab.root, 'files'))).toEqual(['a.raw']);
  });

  it('leaves nothing when the disk is full, and says so', async () => {
    const full = failingConvert(
      'for last; do :; done; : > "$last"; echo "error while writing: No space left on device" >&2; exit 1',
    );
    const from = lab.file('a.raw', Buffer.alloc(MIB));
    const copying = copyImage({ from, fromFormat: 'raw', to: path('b.raw'), toFormat: 'raw' }, full);
    await expect(copying).rejects.toMatchObject({
      code: 'no_space',
      details: expect.stringContaining('No space left') as string,
    });
    expect(readdirSync(join(lab.root, 'files'))).toEqual(['a.raw']);
  });
});

describe('imageInfo', () => {
  it('refuses what is not of the format, and output that makes no sense', async () => {
    const file = lab.file('a.raw', Buffer.alloc(MIB));
    await expect(imageInfo({ file, format: 'qcow2' }, tools)).rejects.toMatchObject({ code: 'qemu_failed' });
    const liar = join(lab.root, 'liar');
    writeFileSync(liar, '#!/bin/sh\necho \'{"format":"raw","virtual-size":-1}\'\n', { mode: 0o755 });
    await expect(imageInfo({ file, format: 'raw' }, { ...tools, qemuImgPath: liar })).rejects.toMatchObject({
      code: 'qemu_failed',
    });
  });
});

describe('the command lines', () => {
  it('always give the format and end the options before names', () => {
    expect(createArgv({ file: '/v/d.qcow2', format: 'qcow2', sizeBytes: MIB })).toEqual([
      'create',
      '-q',
      '-f',
      'qcow2',
      '--',
      '/v/d.qcow2',
      '1048576',
    ]);
    expect(copyArgv({ from: '/l/a.raw', fromFormat: 'raw', to: '/v/d.qcow2', toFormat: 'qcow2' })).toEqual([
      'convert',
      '-p',
      '-f',
      'raw',
      '-O',
      'qcow2',
      '--',
      '/l/a.raw',
      '/v/d.qcow2',
    ]);
    expect(() => createArgv({ file: 'd.qcow2', format: 'qcow2', sizeBytes: MIB })).toThrow(/absolute/);
  });
});
