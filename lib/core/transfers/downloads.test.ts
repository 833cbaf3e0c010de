import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DownloadCreate } from '../../shared/download';
import { openDatabase, type Db } from '../db';
import { Library } from '../library/library';
import { LibraryRecords } from '../library/records';
import { applyMigrations } from '../migrate';
import { Reservations } from '../space';
import { TaskStore } from '../tasks/task-store';
import { Tasks } from '../tasks/tasks';
import { ACTOR } from '../testing/kit';
import { Downloads } from './downloads';
import { BadServer } from './testing/bad-server';

let server: BadServer;
let root: string;
let db: Db;
/** What names resolve to. */
let names: Record<string, string[]>;
let listed: string[];
const open: { tasks: Tasks; library: Library }[] = [];

beforeAll(async () => {
  server = new BadServer();
  await server.open();
  root = mkdtempSync(join(tmpdir(), 'skep-downloads-'));
  const database = join(root, 'skep.db');
  await applyMigrations({ database, copies: join(root, 'copies') });
  db = await openDatabase(database);
});
afterAll(async () => {
  await db.$disconnect();
  rmSync(root, { recursive: true, force: true });
  await server.close();
});

let folder: string;
beforeEach(() => {
  folder = join(root, randomUUID());
  mkdirSync(folder);
  listed = [`127.0.0.1:${server.port}`];
  names = {};
  server.forget();
});
afterEach(async () => {
  for (const { tasks, library } of open.splice(0)) {
    await tasks.close();
    library.close();
  }
  await db.task.deleteMany();
});

/** A Skep's downloads into the test's folder. */
async function start() {
  const tasks = new Tasks({ store: new TaskStore(db), onChange: () => undefined, onGone: () => undefined });
  const library = new Library({
    places: () => [{ folder: null, path: folder }],
    runAs: null,
    records: new LibraryRecords(db),
    reservations: new Reservations(),
    onChange: () => undefined,
    users: () => new Map(),
  });
  await library.open();
  const downloads = new Downloads({
    tasks,
    library,
    listed: () => listed,
    unpackArrived: async () => null,
    resolve: async (name) => (names[name] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    limits: { headersMs: 500, windowMs: 250, minBytes: 1024, pausesMs: [1, 1, 1] },
  });
  await tasks.resume();
  open.push({ tasks, library });
  return { tasks, library, downloads };
}

const wanted = (url: string, more: Partial<DownloadCreate> = {}): DownloadCreate => ({
  url,
  name: null,
  folder: null,
  checksum: null,
  unpack: false,
  ...more,
});

/** Downloads, and waits for the end. */
async function download(path: string, more: Partial<DownloadCreate> = {}) {
  const { tasks, downloads } = await start();
  const { id } = await downloads.start(ACTOR, wanted(server.url(path), more));
  return { task: await tasks.ended(id), log: tasks.log(id) };
}

describe('a download', () => {
  it.each([
    ['good', 'good', 1],
    ['named', 'passwd.iso', 1],
    ['cut-once', 'cut-once', 2],
    ['cut-without-etag', 'cut-without-etag', 2],
    ['cut-weak-etag', 'cut-weak-etag', 2],
    ['changed-after-cut', 'changed-after-cut', 2],
    ['wrong-part', 'wrong-part', 3],
    ['reset-at-once', 'reset-at-once', 2],
    ['busy-once', 'busy-once', 2],
    ['chunked', 'chunked', 1],
    ['cut-chunked', 'cut-chunked', 2],
    ['no-length', 'no-length', 1],
    ['to-good', 'to-good', 2],
  ])('arrives from “%s” as %s, after %i requests', async (path, name, requests) => {
    const { task, log } = await download(path);
    expect([task.status, log]).toEqual(['done', expect.any(String)]);
    const stored = path === 'to-good' ? 'good' : name;
    expect(readdirSync(folder)).toEqual([stored]);
    expect(readFileSync(join(folder, stored)).equals(server.file)).toBe(true);
    expect(server.seen).toHaveLength(requests);
  });

  it('goes on where it was cut', async () => {
    await download('cut-once', { name: 'a.iso' });
    expect(server.seen[1]).toMatch(/^GET \/cut-once bytes=[1-9]\d+-$/);
  });

  it.each([
    ['cut-always', 'cut the connection'],
    ['busy-always', 'not able to answer now (503)'],
    ['huge', 'larger than any disk'],
    ['more-than-fits', 'There is no room for'],
    ['empty', 'sent an empty file'],
    ['page', 'a web page in place of a file'],
    ['many-headers', 'more headers than Skep reads'],
    ['two-lengths', 'does not answer as a web server does'],
    ['no-http', 'does not answer as a web server does'],
    ['silent', 'did not answer in time'],
    ['slow-headers', 'did not answer in time'],
    ['slow-body', 'sends too slowly'],
    ['forbidden', 'it is not allowed (403)'],
    ['missing', 'there is none at this address (404)'],
    ['loop', 'more than 5 times'],
    ['to-loopback', 'does not download from localhost'],
    ['to-metadata', 'does not download from 169.254.169.254'],
    ['to-file', 'not by file'],
    ['to-credentials', 'user name or a password'],
    ['to-nowhere', 'it answered with 302'],
  ])('fails at “%s”, says why, and leaves nothing', async (path, words) => {
    names['localhost'] = ['127.0.0.1'];
    const { task, log } = await download(path);
    expect(task).toMatchObject({ status: 'failed', error: { message: expect.stringContaining(words) } });
    expect(readdirSync(folder)).toEqual([]);
    expect(log + JSON.stringify(task)).not.toContain('secret');
  });

  it('takes packed bodies as they are', async () => {
    await download('gzip', { name: 'zeros.gz' });
    expect(readFileSync(join(folder, 'zeros.gz')).length).toBeLessThan(20_000);
  });

  it('takes no more than was announced', async () => {
    await download('longer');
    expect(readFileSync(join(folder, 'longer')).equals(server.file.subarray(0, 1000))).toBe(true);
  });

  it('does not replace a file', async () => {
    writeFileSync(join(folder, 'good'), 'mine');
    const { task } = await download('good');
    expect(task.error?.code).toBe('already_exists');
    expect(readFileSync(join(folder, 'good'), 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['good']);
  });
});

describe('a checksum', () => {
  it('that is right', async () => {
    const { log } = await download('good', { checksum: server.sha256 });
    expect(log).toContain('Its sha256 checksum is right.');
  });

  it('out of a list', async () => {
    const { task, log } = await download('good', { name: 'a.iso', checksum: server.url('SHA256SUMS') });
    expect(task.status).toBe('done');
    expect(log).toContain('Its sha256 checksum is right.');
  });

  it.each([
    ['of another file', '0'.repeat(64), 'is not the file that the checksum is of'],
    ['that is none', 'abc', 'no checksum in hex'],
    ['in a list that is not there', '/missing', 'no list of checksums there (404)'],
    ['in a list without it', '/good', 'holds no checksums'],
  ])('%s fails', async (_, checksum, words) => {
    const { task } = await download('good', {
      checksum: checksum.startsWith('/') ? server.url(checksum.slice(1)) : checksum,
    });
    expect(task.error?.message).toContain(words);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('where it may come from', () => {
  const refused = async (url: string, more: Partial<DownloadCreate> = {}) => {
    listed = listed.filter(() => more.checksum !== undefined);
    const { downloads } = await start();
    await expect(downloads.start(ACTOR, wanted(url, more))).rejects.toMatchObject({ code: 'forbidden' });
    expect(server.seen).toEqual([]);
  };
  const hosts = ['127.1', '0x7f.1', '2130706433', '0177.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '[::]', '0.0.0.0'];

  it.each(hosts)('not %s', (host) => refused(server.url('good', host)));

  it.each([
    ['a name of this host', ['127.0.0.1']],
    ['a name of a neighbour', ['10.0.0.1']],
    ['a name with a good and a bad address', ['93.184.216.34', '192.168.0.1']],
    ['a name of metadata', ['169.254.169.254']],
    ['a name in IPv6', ['fd00::1']],
    ['a name of IPv4 in IPv6', ['::ffff:127.0.0.1']],
  ])('not %s', async (_, addresses) => {
    names['evil.example'] = addresses;
    await refused(server.url('good', 'evil.example'));
  });

  it('nor may a list of checksums', () => refused(server.url('good'), { checksum: 'http://[::1]/SHA256SUMS' }));

  it('is asked once: another answer of the resolver changes nothing', async () => {
    let asked = 0;
    const { downloads, tasks } = await start();
    Object.defineProperty(names, 'rebind.example', {
      get: () => (asked++ === 0 ? ['93.184.216.34'] : ['127.0.0.1']),
    });
    const { id } = await downloads.start(ACTOR, wanted(server.url('good', 'rebind.example')));
    expect(await tasks.ended(id)).toMatchObject({ status: 'failed', error: { code: 'forbidden' } });
    expect(server.seen).toEqual([]);
  });

  it('a listed name, by the address that was looked at', async () => {
    names['mirror.lan'] = ['127.0.0.1'];
    listed = ['mirror.lan'];
    const { downloads, tasks } = await start();
    const { id } = await downloads.start(ACTOR, wanted(server.url('good', 'mirror.lan')));
    expect((await tasks.ended(id)).status).toBe('done');
  });

  it('nowhere that is not known', async () => {
    const { downloads } = await start();
    await expect(downloads.start(ACTOR, wanted('https://no.example/a.iso'))).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('when Skep ends', () => {
  it('the next one goes on', async () => {
    const first = await start();
    const { id } = await first.downloads.start(ACTOR, wanted(server.url('slow-body'), { name: 'a.iso' }));
    await expect.poll(() => first.tasks.get(id).doneBytes).toBeGreaterThan(0);
    await first.tasks.close();
    expect(readdirSync(folder)).toEqual([`.skep-${id}.part`]);
    // The server has found its manners in the meantime.
    await db.task.update({
      where: { id },
      data: { input: JSON.stringify(wanted(server.url('good'), { name: 'a.iso' })) },
    });
    const second = await start();
    expect(await second.tasks.ended(id)).toMatchObject({ status: 'done' });
    expect(readdirSync(folder)).toEqual(['a.iso']);
  });

  it('and cancelling leaves nothing', async () => {
    const { downloads, tasks, library } = await start();
    const { id } = await downloads.start(ACTOR, wanted(server.url('slow-body'), { name: 'a.iso' }));
    await expect.poll(() => tasks.get(id).doneBytes).toBeGreaterThan(0);
    await tasks.cancel(ACTOR, id);
    expect(readdirSync(folder)).toEqual([]);
    // The name is free again.
    const incoming = await library.receive({ folder: null, name: 'a.iso', sizeBytes: 1, taskId: randomUUID() });
    await incoming.discard();
  });
});
