import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Db } from '../db';
import { applyMigrations } from '../migrate';
import { Reservations } from '../space';
import { partName } from './incoming';
import { Library } from './library';
import { LibraryRecords } from './records';

const ACTOR = { userId: 'u', name: 'anna' };
const TASK = '11111111-2222-4333-8444-555555555555';
let home: string;
let folder: string;
let db: Db;
let library: Library;
let users: string[] = [];

async function openLibrary(): Promise<Library> {
  const opened = new Library({
    places: () => [{ folder: null, path: folder }],
    runAs: null,
    records: new LibraryRecords(db),
    reservations: new Reservations(),
    onChange: () => undefined,
    users: () => new Map([['a.iso', users]]),
  });
  await opened.open();
  return opened;
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'skep-lib-'));
  folder = join(home, 'library');
  mkdirSync(folder);
  const database = join(home, 'skep.db');
  await applyMigrations({ database, copies: join(home, 'copies') });
  db = await openDatabase(database);
  users = [];
  library = await openLibrary();
});
afterEach(async () => {
  library.close();
  await db.$disconnect();
  rmSync(home, { recursive: true, force: true });
});

const upload = (name: string, text: string, announced = text.length) =>
  library.store(ACTOR, name, announced, Readable.from([Buffer.from(text)]));

describe('Library', () => {
  it('stores an upload under its name', async () => {
    const file = await upload('Debian 12.iso', 'x'.repeat(2048));
    expect(file).toMatchObject({ name: 'Debian 12.iso', sizeBytes: 2048 });
    expect(readdirSync(folder)).toEqual(['Debian 12.iso']);
  });

  it('refuses a name that is there, before and after the bytes', async () => {
    await upload('a.iso', 'x');
    await expect(upload('a.iso', 'y')).rejects.toMatchObject({ code: 'already_exists' });
  });

  it.each(['../evil', '/etc/passwd', '.hidden', 'a/b', '', '..', 'a\u0000b', 'x'.repeat(300)])(
    'refuses the name %j',
    async (name) => {
      await expect(upload(name, 'x')).rejects.toMatchObject({ code: 'invalid_input' });
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it.each([
    ['ends early', 10],
    ['is longer than announced', 2],
  ])('leaves nothing of an upload that %s', async (_what, announced) => {
    await expect(upload('a.iso', 'five!', announced)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing of an upload whose connection breaks', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('gone'));
      },
    });
    await expect(library.store(ACTOR, 'a.iso', 5, broken)).rejects.toThrow('gone');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses more than the disk has room for', async () => {
    await expect(upload('a.iso', 'x', 2 ** 60)).rejects.toMatchObject({ code: 'no_space' });
  });

  it('removes the temporary files of tasks that nobody goes on with', async () => {
    const other = TASK.replace('1', '2');
    for (const task of [TASK, other]) writeFileSync(join(folder, partName(task)), 'half');
    await library.sweep(new Set([other]));
    expect(readdirSync(folder)).toEqual([partName(other)]);
    expect(library.list()).toEqual([]);
  });

  it('goes on with what was received before a restart', async () => {
    const spec = { folder: null, name: 'a.iso', sizeBytes: 4, taskId: TASK };
    expect(await library.reopen(spec)).toBeNull();
    const first = await library.receive(spec);
    await first.handle.write('ab');
    await first.leave();
    const second = await library.reopen(spec);
    await second?.handle.write('cd', 2);
    await second?.publish({ sha256: 'f'.repeat(64) });
    expect(readFileSync(join(folder, 'a.iso'), 'utf8')).toBe('abcd');
    expect((await openLibrary()).find('a.iso')).toMatchObject({ sizeBytes: 4, sha256: 'f'.repeat(64) });
  });

  it('gives a name to one file at a time, and room only once', async () => {
    const first = await library.receive({ folder: null, name: 'a.iso', sizeBytes: 1, taskId: TASK });
    const second = { folder: null, name: 'a.iso', sizeBytes: 1, taskId: TASK.replace('1', '2') };
    await expect(library.receive(second)).rejects.toMatchObject({ code: 'already_exists' });
    await expect(first.grow(2 ** 60)).rejects.toMatchObject({ code: 'no_space' });
    await first.discard();
    await (await library.receive(second)).discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('knows no folder that nobody added', async () => {
    await expect(library.remove(ACTOR, 'nas/a.iso')).rejects.toMatchObject({ code: 'not_found' });
    expect(() => library.path('nas/../../x')).toThrow();
  });

  it('does not remove a file that a VM uses', async () => {
    await upload('a.iso', 'x');
    users = ['alpha'];
    await expect(library.remove(ACTOR, 'a.iso')).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringContaining('alpha'),
    });
    users = [];
    await library.remove(ACTOR, 'a.iso');
    expect(library.list()).toEqual([]);
  });
});
