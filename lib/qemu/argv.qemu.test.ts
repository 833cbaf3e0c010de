import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { devicesOf } from '../shared/device';
import { parse } from '../shared/parse';
import { vmSpec, type VmSpec } from '../shared/vm';
import { queryBlock, queryChardev, queryName, queryStatus, queryUuid, queryVnc, quit } from './qmp-commands';
import { buildCase, CASE_UUID, caseNames, CASES_DIR, readCase } from './testing/argv-cases';
import { bootSector, GUESTS, QemuLab } from './testing/real-qemu';

let lab: QemuLab;
beforeAll(() => {
  lab = new QemuLab();
  lab.file('nvram.fd', bootSector(GUESTS.idle).subarray(0, 540_672));
});
afterAll(() => lab.close());

/** Makes the files that a spec names. */
function makeFiles(spec: VmSpec): void {
  for (const disk of devicesOf(spec, 'disk')) makeDisk(disk.source.file, disk.format);
  for (const { media } of devicesOf(spec, 'cdrom')) if (media) lab.file(media.file, Buffer.alloc(4096));
}

function makeDisk(name: string, format: string): void {
  const path = join(lab.root, 'files', name);
  const made = spawnSync('qemu-img', ['create', '-q', '-f', format, '--', path, '8M']);
  if (made.status !== 0) throw new Error(made.stderr.toString());
  lab.give(path);
}

/** KVM needs a host on which it works: there the goldens for it start as they are, elsewhere on TCG. */
function forThisHost(argv: string[]): string[] {
  return argv.map((arg, i) => {
    if (argv[i - 1] === '-accel') return 'tcg';
    return argv[i - 1] === '-cpu' ? 'max' : arg;
  });
}

/** Free ports in place of the ones of the golden, which may be taken on this host. */
function withoutForwards(argv: string[]): string[] {
  return argv.map((arg) => arg.replaceAll(/(tcp|udp):([\d.]+):\d+-/g, '$1:$2:0-'));
}

describe('every golden', () => {
  const names = caseNames().filter((name) => existsSync(join(CASES_DIR, `${name}.args`)));

  it.each(names)('%s is taken by a real QEMU', async (name) => {
    const test = readCase(name);
    makeFiles(parse(vmSpec, test.spec));
    const argv = forThisHost(withoutForwards(buildCase(test, lab.paths())));
    const { qmp, exited } = await lab.start({ argv });
    expect((await queryStatus(qmp)).status).toBe(test.incoming ? 'inmigrate' : 'prelaunch');
    expect(await queryName(qmp)).toBe(test.name);
    expect(await queryUuid(qmp)).toBe(CASE_UUID);
    await quit(qmp);
    expect(await exited).toEqual({ code: 0, signal: null });
  });
});

/** Texts that have been options, protocols, commands or paths somewhere. */
const HOSTILE = [
  ...[
    'a,readonly=off',
    'a,,b',
    'json:{"driver":"null-co"}',
    'nbd:127.0.0.1:1',
    'fat:rw:etc',
    'http:x',
    'ssh:x',
    'rbd:x',
  ],
  ...[
    'blkdebug::x',
    'file:x',
    'a b',
    "a'b",
    'a"b',
    'a\\b',
    '$(id)',
    '`id`',
    '-daemonize',
    '%s%n',
    'ü-é-漢字',
    '😀',
    'a;b',
  ],
  ...[
    'a|b',
    'a&b',
    '{',
    '}',
    '[',
    ']',
    'null',
    'true',
    '0',
    'a=b',
    '@file',
    '~',
    '*',
    '?',
    '#',
    '!',
    ':',
    'con:',
    'x\u202Etxt',
  ],
];

describe('hostile file names', () => {
  it.each(HOSTILE)('%j is a file name and nothing else', async (name) => {
    const content = Buffer.alloc(2048 * (1 + HOSTILE.indexOf(name)));
    const path = lab.file(name, content);
    const media = { kind: 'library', file: name } as const;
    const drive = { kind: 'cdrom', id: 'cdrom0', bus: 'sata', media } as const;
    const { qmp } = await lab.start({ spec: { devices: [drive] } });
    const blocks = await queryBlock(qmp);
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({
      deviceId: 'cdrom0',
      driver: 'raw',
      readOnly: true,
      virtualBytes: content.length,
    });
    expect(nameOf(blocks[0]?.file ?? '')).toBe(path);
    expect((await queryChardev(qmp)).map((c) => c.label).sort()).toEqual(['mon0', 'mon1']);
    expect(await queryName(qmp)).toBe('lab');
    expect((await queryVnc(qmp)).enabled).toBe(false);
    await quit(qmp);
  });
});

/** The file behind a node; QEMU writes names that look like protocols as `json:{…}` or `file:…`. */
function nameOf(shown: string): string {
  if (!shown.startsWith('json:')) return shown.replace(/^file:/, '');
  const node = JSON.parse(shown.slice('json:'.length)) as { file: { filename: string } };
  return node.file.filename;
}
