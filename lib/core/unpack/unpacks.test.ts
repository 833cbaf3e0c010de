import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UnpackStart } from '../../shared/unpack';
import { openDatabase, type Db } from '../db';
import { Library } from '../library/library';
import { LibraryRecords } from '../library/records';
import { applyMigrations } from '../migrate';
import { Reservations } from '../space';
import { TaskStore } from '../tasks/task-store';
import { Tasks } from '../tasks/tasks';
import { ACTOR } from '../testing/kit';
import { unpackedName } from './packed-file';
import { content, zipOf } from './testing/packed';
import { Unpacks } from './unpacks';

let root: string;
let folder: string;
let db: Db;
let tasks: Tasks;
let library: Library;
let unpacks: Unpacks;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'skep-unpacks-'));
  folder = join(root, 'library');
  mkdirSync(folder);
  const database = join(root, 'skep.db');
  await applyMigrations({ database, copies: join(root, 'copies') });
  db = await openDatabase(database);
  tasks = new Tasks({ store: new TaskStore(db), onChange: () => undefined, onGone: () => undefined });
  library = new Library({
    places: () => [{ folder: null, path: folder }],
    runAs: null,
    records: new LibraryRecords(db),
    reservations: new Reservations(),
    onChange: () => undefined,
    users: () => new Map(),
  });
  await library.open();
  unpacks = new Unpacks(tasks, library);
  await tasks.resume();
});
afterEach(async () => {
  await tasks.close();
  library.close();
  await db.$disconnect();
  rmSync(root, { recursive: true, force: true });
});

const put = (name: string, data: Buffer) => writeFileSync(join(folder, name), data);
const files = () => readdirSync(folder).sort();
const wish = (ref: string, more: Partial<UnpackStart> = {}): UnpackStart => ({
  ref,
  member: null,
  name: null,
  removePacked: false,
  ...more,
});
const unpack = async (input: UnpackStart) => tasks.ended((await unpacks.start(ACTOR, input)).id);

describe('a packed file', () => {
  it('becomes another one beside it', async () => {
    put('a.img.gz', gzipSync(content()));
    const task = await unpack(wish('a.img.gz'));
    expect(task).toMatchObject({ status: 'done', kind: 'unpack', title: 'Unpack a.img.gz' });
    expect(task.doneBytes).toBe(task.totalBytes);
    expect(files()).toEqual(['a.img', 'a.img.gz']);
    expect(readFileSync(join(folder, 'a.img')).equals(content())).toBe(true);
    expect(library.find('a.img')?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('goes when that was asked for', async () => {
    put('a.img.gz', gzipSync(content()));
    await unpack(wish('a.img.gz', { name: 'b.img', removePacked: true }));
    expect(files()).toEqual(['b.img']);
  });

  it('that is broken leaves nothing, and stays', async () => {
    put('a.img.gz', gzipSync(content()).subarray(0, -20));
    expect(await unpack(wish('a.img.gz', { removePacked: true }))).toMatchObject({ status: 'failed' });
    expect(files()).toEqual(['a.img.gz']);
  });

  it('replaces nothing', async () => {
    put('a.img.gz', gzipSync(content()));
    put('a.img', Buffer.from('mine'));
    expect(await unpack(wish('a.img.gz'))).toMatchObject({ error: { code: 'already_exists' } });
    expect(readFileSync(join(folder, 'a.img'), 'utf8')).toBe('mine');
  });

  it('is known by its content', async () => {
    put('a.gz', content());
    await expect(unpacks.start(ACTOR, wish('a.gz'))).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(unpacks.start(ACTOR, wish('none.gz'))).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a zip', () => {
  const zip = () =>
    zipOf([
      { name: 'docs/readme.txt', data: Buffer.from('Read me.') },
      { name: 'images/one.img', data: content() },
      { name: 'images/', data: Buffer.alloc(0) },
    ]);

  it('with one image needs no choice', async () => {
    put('all.zip', zip());
    const view = await unpacks.look('all.zip');
    expect(view).toMatchObject({ kind: 'zip', name: 'all.img' });
    expect(view.members.map(({ name }) => name)).toEqual(['images/one.img', 'docs/readme.txt']);
    await unpack(wish('all.zip'));
    expect(files()).toEqual(['all.img', 'all.zip']);
  });

  it('gives out the file that was chosen', async () => {
    put('all.zip', zip());
    await unpack(wish('all.zip', { member: 'docs/readme.txt' }));
    expect(readFileSync(join(folder, 'all.txt'), 'utf8')).toBe('Read me.');
  });

  it('with several images wants one chosen', async () => {
    put('all.zip', zipOf(['a.iso', 'b.iso'].map((name) => ({ name, data: content() }))));
    expect((await unpacks.look('all.zip')).name).toBeNull();
    await expect(unpacks.start(ACTOR, wish('all.zip'))).rejects.toMatchObject({
      fields: { member: expect.any(String) },
    });
    await expect(unpacks.start(ACTOR, wish('all.zip', { member: 'c.iso' }))).rejects.toThrow('“c.iso” is not in');
  });
});

describe('what has just arrived', () => {
  it('is unpacked, and the packed file goes', async () => {
    put('a.img.gz', gzipSync(content()));
    expect(await unpacks.arrived(ACTOR, 'a.img.gz')).toContain('“Unpack a.img.gz” goes on');
    await tasks.ended(tasks.list()[0]!.id);
    expect(files()).toEqual(['a.img']);
  });

  it('stays when it is not packed, or when there is a choice to make', async () => {
    put('a.img', content());
    put('all.zip', zipOf(['a.iso', 'b.iso'].map((name) => ({ name, data: content() }))));
    expect(await unpacks.arrived(ACTOR, 'a.img')).toBeNull();
    expect(await unpacks.arrived(ACTOR, 'all.zip')).toContain('It stays packed. Several files');
    expect(tasks.list()).toEqual([]);
  });
});

it.each([
  ['a.img.gz', 'gz', null, 'a.img'],
  ['a.IMG.XZ', 'xz', null, 'a.IMG'],
  ['folder/a.raw.zst', 'zst', null, 'a.raw'],
  ['a.zip', 'zip', 'x/b.iso', 'a.iso'],
  ['a.iso.zip', 'zip', 'b.ISO', 'a.iso'],
  ['a.zip', 'zip', 'no-ending', 'a'],
  ['a', 'gz', null, 'a.unpacked'],
  ['a.zip', 'gz', null, 'a.zip.unpacked'],
] as const)('%s (%s, %s) becomes %s', (ref, kind, member, name) => {
  expect(unpackedName(ref, kind, member)).toBe(name);
});
