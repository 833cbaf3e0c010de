import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Db } from '../db';
import { homePaths } from '../home';
import { applyMigrations } from '../migrate';
import type { HomePaths } from '../types';
import { sweepTrash } from './sweep';
import { contentOf, LIBRARY_TRASH, move, purgeFiles, stage, unstage } from './trash-files';
import type { PlacedItem, TrashPayload } from './trash-item';
import { TrashStore } from './trash-store';

let home: HomePaths;
let db: Db;
let store: TrashStore;
beforeEach(async () => {
  home = homePaths(mkdtempSync(join(tmpdir(), 'skep-sweep-')));
  for (const folder of [home.vms, home.library, home.trash, dirname(home.database)]) mkdirSync(folder);
  await applyMigrations({ database: home.database, copies: home.databaseCopies });
  db = await openDatabase(home.database);
  store = new TrashStore(db, home.root);
});
afterEach(async () => {
  await db.$disconnect();
  rmSync(home.root, { recursive: true, force: true });
});

const vmId = randomUUID();
const diskOf = (folder: string) => join(folder, 'disk0.qcow2');
const vmFolder = () => join(home.vms, vmId);

/** A VM with a disk and an event, and the steps of its delete and its restore. */
async function aVm() {
  await db.vm.create({
    data: { id: vmId, name: 'web', spec: '{}', events: { create: { kind: 'info', message: 'a' } } },
  });
  mkdirSync(vmFolder());
  writeFileSync(diskOf(vmFolder()), 'disk');
  const payload = await store.readVm(vmId);
  if (!payload) throw new Error('no row');
  const placed = await stageIt(payload, 'web');
  const content = contentOf(placed.place);
  return {
    placed,
    moveIn: () => move(vmFolder(), content),
    swapIn: () => store.swapVmForItem(placed, vmId),
    moveOut: () => move(content, vmFolder()),
    swapOut: () => store.swapItemForVm(placed.id, payload, 'web'),
  };
}

function stageIt(payload: TrashPayload, name: string, trashFolder = home.trash): Promise<PlacedItem> {
  const item = { id: randomUUID(), name, sizeBytes: 4, deletedAt: new Date(), deletedBy: 'anna', keepDays: 7, payload };
  return stage(trashFolder, item);
}

const inTrash = async () => (await store.list()).map(({ name, place }) => [name, existsSync(contentOf(place))]);
const vms = async () => (await db.vm.findMany()).map(({ name }) => [name, existsSync(diskOf(vmFolder()))]);

describe('a VM’s delete that was cut', () => {
  it('before the move is as if it had not been', async () => {
    await aVm();
    await sweepTrash(store, home);
    expect(await vms()).toEqual([['web', true]]);
    expect(await inTrash()).toEqual([]);
    expect(readdirSync(home.trash)).toEqual([]);
  });

  it('after the move goes back', async () => {
    const { moveIn } = await aVm();
    await moveIn();
    await sweepTrash(store, home);
    expect(await vms()).toEqual([['web', true]]);
    expect(await inTrash()).toEqual([]);
    expect(readdirSync(home.trash)).toEqual([]);
  });

  it('after its row is done', async () => {
    const { moveIn, swapIn } = await aVm();
    await moveIn();
    await swapIn();
    await sweepTrash(store, home);
    expect(await vms()).toEqual([]);
    expect(await inTrash()).toEqual([['web', true]]);
    expect(await db.vmEvent.count()).toBe(0);
  });
});

describe('a VM’s restore that was cut', () => {
  it('after the move goes into the trash again', async () => {
    const { moveIn, swapIn, moveOut } = await aVm();
    await moveIn();
    await swapIn();
    await moveOut();
    await sweepTrash(store, home);
    expect(await vms()).toEqual([]);
    expect(await inTrash()).toEqual([['web', true]]);
  });

  it('after its row is done but for the note', async () => {
    const { moveIn, swapIn, moveOut, swapOut } = await aVm();
    await moveIn();
    await swapIn();
    await moveOut();
    await swapOut();
    await sweepTrash(store, home);
    expect(await vms()).toEqual([['web', true]]);
    expect(await inTrash()).toEqual([]);
    expect(readdirSync(home.trash)).toEqual([]);
    expect((await db.vmEvent.findMany()).map(({ message }) => message)).toEqual(['a']);
  });
});

it('a VM whose row is lost in both tables is in the trash', async () => {
  const { moveIn, swapIn } = await aVm();
  await moveIn();
  await swapIn();
  await db.trashItem.deleteMany();
  await sweepTrash(store, home);
  expect(await inTrash()).toEqual([['web', true]]);
  const [item] = await store.list();
  expect(item).toMatchObject({
    deletedBy: 'anna',
    keepDays: 7,
    sizeBytes: 4,
    payload: { kind: 'vm', vm: { id: vmId } },
  });
});

describe('a file', () => {
  const aFile = async (trashFolder = home.trash) => {
    const file = join(home.library, 'a.iso');
    writeFileSync(file, 'iso');
    const placed = await stageIt({ kind: 'library', folder: null, file: 'a.iso' }, 'a.iso', trashFolder);
    return { file, placed, moveIn: () => move(file, contentOf(placed.place)) };
  };

  it('that was moved and has no row gets one', async () => {
    const { moveIn } = await aFile(join(home.library, LIBRARY_TRASH));
    await moveIn();
    await sweepTrash(store, home);
    expect(await inTrash()).toEqual([['a.iso', true]]);
  });

  it('that is back has its row taken away', async () => {
    const { file, placed } = await aFile();
    await store.insert(placed);
    await sweepTrash(store, home);
    expect(await inTrash()).toEqual([]);
    expect(existsSync(file)).toBe(true);
    expect(readdirSync(home.trash)).toEqual([]);
  });

  it('that was half deleted for good goes', async () => {
    const { placed, moveIn } = await aFile();
    await moveIn();
    await store.insert(placed);
    renameSync(placed.place, join(home.trash, `.purged-${placed.id}`));
    await sweepTrash(store, home);
    expect(await inTrash()).toEqual([]);
    expect(readdirSync(home.trash)).toEqual([]);
  });

  it('whose folder is away keeps its row', async () => {
    const away = join(home.root, 'usb');
    await db.libraryFolder.create({ data: { id: '1', name: 'usb', path: away, identity: '' } });
    const { placed, moveIn } = await aFile(join(away, LIBRARY_TRASH));
    await moveIn();
    await store.insert(placed);
    renameSync(away, join(home.root, 'unplugged'));
    await sweepTrash(store, home);
    expect(await inTrash()).toEqual([['a.iso', false]]);
    renameSync(join(home.root, 'unplugged'), away);
    expect(await inTrash()).toEqual([['a.iso', true]]);
  });

  it('that somebody took out of the trash by hand loses its row', async () => {
    const { placed, moveIn } = await aFile();
    await moveIn();
    await store.insert(placed);
    rmSync(placed.place, { recursive: true });
    await sweepTrash(store, home);
    expect(await inTrash()).toEqual([]);
  });
});

it('leaves a stranger alone', async () => {
  mkdirSync(join(home.trash, 'mine'));
  writeFileSync(join(home.trash, 'mine', 'content'), 'x');
  await sweepTrash(store, home);
  expect(readdirSync(join(home.trash, 'mine'))).toEqual(['content']);
});

it('purging goes on where it stopped, and an item with content is never unstaged', async () => {
  const placed = await stageIt({ kind: 'library', folder: null, file: 'a.iso' }, 'a.iso');
  writeFileSync(contentOf(placed.place), 'iso');
  await unstage(placed.place);
  expect(existsSync(contentOf(placed.place))).toBe(true);
  await purgeFiles(placed.place);
  await purgeFiles(placed.place);
  expect(readdirSync(home.trash)).toEqual([]);
});
