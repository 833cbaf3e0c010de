/** Names of files: another one for a file that is there, and those that strangers think of (T-30, T-34). */
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Db } from '../db';
import { applyMigrations } from '../migrate';
import { Reservations } from '../space';
import { Library } from './library';
import { LibraryRecords } from './records';

const ACTOR = { userId: 'u', name: 'anna' };
let home: string;
let folder: string;
let db: Db;
let library: Library;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'skep-names-'));
  folder = join(home, 'library');
  mkdirSync(folder);
  const database = join(home, 'skep.db');
  await applyMigrations({ database, copies: join(home, 'copies') });
  db = await openDatabase(database);
  library = new Library({
    places: () => [{ folder: null, path: folder }],
    runAs: null,
    records: new LibraryRecords(db),
    reservations: new Reservations(),
    onChange: () => undefined,
    users: () => new Map([['used.iso', ['web-1']]]),
  });
  for (const name of ['a.iso', 'b.iso', 'used.iso']) writeFileSync(join(folder, name), name);
  await library.open();
});
afterEach(async () => {
  library.close();
  await db.$disconnect();
  rmSync(home, { recursive: true, force: true });
});

describe('a rename', () => {
  const rename = (ref: string, name: string) => library.rename(ACTOR, { ref, name });

  it('keeps the content', async () => {
    expect(await rename('a.iso', 'c d.iso')).toMatchObject({ ref: 'c d.iso', name: 'c d.iso', sizeBytes: 5 });
    expect(readdirSync(folder).sort()).toEqual(['b.iso', 'c d.iso', 'used.iso']);
    expect(readFileSync(join(folder, 'c d.iso'), 'utf8')).toBe('a.iso');
  });

  it('replaces nothing, and leaves a file that a VM uses', async () => {
    await expect(rename('a.iso', 'b.iso')).rejects.toMatchObject({ code: 'already_exists' });
    await expect(rename('used.iso', 'c.iso')).rejects.toThrow(/in use by web-1/);
    await expect(rename('none.iso', 'c.iso')).rejects.toMatchObject({ code: 'not_found' });
    await expect(rename('usb/a.iso', 'c.iso')).rejects.toMatchObject({ code: 'not_found' });
    expect(readFileSync(join(folder, 'b.iso'), 'utf8')).toBe('b.iso');
  });
});

const ESCAPES = ['../x', '..', '.', '/etc/x', 'a/../x', './x', 'a/b', '/', '\\..\\..\\x/y', '..%2f..%2fx/..', '//x'];
const HIDDEN = ['.bashrc', '.skep-1.part', '...', '.', '..x', ''];
const CONTROLS = [...Array(32).keys()].map((code) => `a${String.fromCharCode(code)}b`);
const LONG = ['x'.repeat(201), 'é'.repeat(128), '界'.repeat(86), '😀'.repeat(101)];
/** Strange, but names: they are stored as they are, and end nowhere else. */
const STRANGE = [
  ...['-rf', '--help', '-f raw', 'a b', ' a', 'a ', '~', '~root', '$HOME', '$(reboot)', '`id`', ';id', '|id', '&', '*'],
  ...['?', '[a]', '{a,b}', '"', "'", '<script>', '<img src=x>', '%2e%2e%2fx', '..\\x'.slice(2), 'a,b', 'a=b', 'a:b'],
  ...[
    'nbd:localhost',
    'json:{"driver":"nbd"}',
    'file:',
    'fat:rw:',
    'con',
    'nul.iso',
    'a%00b',
    'a\u202eosi.exe',
    'é',
    'e\u0301',
  ],
  ...['界.iso', '😀.iso', '\u200b.iso', '\ufeffx', 'x'.repeat(200), '#', 'a#b', '!', '\\', 'a\\b', '\u007f', '=', '@'],
];

describe('a hostile name', () => {
  const store = (name: string) => library.store(ACTOR, name, 1, Readable.from([Buffer.from('x')]));

  it.each([...ESCAPES, ...HIDDEN, ...CONTROLS, ...LONG])('%j is refused, and nothing is made', async (name) => {
    await expect(store(name)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(library.rename(ACTOR, { ref: 'a.iso', name })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(readdirSync(folder).sort()).toEqual(['a.iso', 'b.iso', 'used.iso']);
    expect(readdirSync(home).filter((file) => !/^(library|skep\.db.*|copies)$/.test(file))).toEqual([]);
  });

  it.each(STRANGE)('%j is a name like any other', async (name) => {
    const file = await store(name);
    expect([file.name, file.ref]).toEqual([name, name]);
    expect(lstatSync(join(folder, name)).isFile()).toBe(true);
    expect(readdirSync(folder)).toHaveLength(4);
  });
});

describe('a link', () => {
  it('to another file is not read, not sent, and not renamed', async () => {
    writeFileSync(join(home, 'secret'), 'secret');
    symlinkSync(join(home, 'secret'), join(folder, 'link.iso'));
    await library.refresh();
    expect(library.find('link.iso')?.refusal).toMatch(/link/);
    await expect(library.openFile('link.iso')).rejects.toBeInstanceOf(Error);
    await expect(library.rename(ACTOR, { ref: 'link.iso', name: 'c.iso' })).rejects.toBeInstanceOf(Error);
  });
});
