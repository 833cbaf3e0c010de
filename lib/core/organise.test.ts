import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_FOLDER_DEPTH } from '../shared/organise';
import { NO_AUTOSTART, vmSpec } from '../shared/vm';
import { openDatabase, type Db } from './db';
import { EventLog } from './event-log';
import { prepareHome } from './home';
import { applyMigrations } from './migrate';
import { Operations } from './operations';
import { Organiser } from './organise';
import { Registry } from './registry';
import { ACTOR, bareSpec } from './testing/kit';
import { VmStore } from './vm-store';

let root: string;
let db: Db;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'skep-organise-'));
  const database = join(root, 'skep.db');
  await applyMigrations({ database, copies: join(root, 'copies') });
  db = await openDatabase(database);
});
afterEach(async () => {
  await db.$disconnect();
  rmSync(root, { recursive: true, force: true });
});

/** An organiser over the VMs that the database has. */
async function open() {
  const store = new VmStore(db);
  const onChange = vi.fn();
  const home = prepareHome({ ...process.env, SKEP_HOME: join(root, 'home') }, null);
  const log = new EventLog(db, () => undefined);
  const context = { home, runAs: null, log, onChange: () => undefined, shutdownTimeoutMs: () => 1000 };
  const registry = new Registry(new Operations(() => undefined), context);
  for (const definition of await store.list()) registry.add(definition);
  const organiser = new Organiser({ db, store, registry, onChange, onVmChange: () => undefined });
  await organiser.open();
  const folder = (name: string, parentId: string | null = null) => organiser.createFolder(ACTOR, { name, parentId });
  return { organiser, registry, store, onChange, folder };
}

/** Writes a VM as an earlier Skep left it. */
async function addVm(name: string, tags: string[] = []): Promise<void> {
  const id = crypto.randomUUID();
  const place = { folderId: null, tags, isProtected: false };
  await new VmStore(db).insert({
    id,
    name,
    notes: '',
    autostart: NO_AUTOSTART,
    ...place,
    spec: vmSpec.parse(bareSpec()),
  });
}

const names = (list: { name: string }[]) => list.map(({ name }) => name).sort();

describe('folders', () => {
  it('are there after a restart, with the VMs put into them', async () => {
    await addVm('web-1');
    const { organiser, folder } = await open();
    const outer = await folder('Production');
    const inner = await folder('Web', outer.id);
    await organiser.place(ACTOR, { vms: ['web-1'], folderId: inner.id });
    const again = await open();
    expect(again.organiser.folders()).toEqual(expect.arrayContaining([outer, inner]));
    expect(again.registry.get('web-1').definition.folderId).toBe(inner.id);
    expect(again.registry.get('web-1').definition.revision).toBe(1);
  });

  it('refuse a second one of the same name in the same place, whatever its case', async () => {
    const { folder } = await open();
    const { id } = await folder('Web');
    await expect(folder('web')).rejects.toMatchObject({ code: 'already_exists', fields: { name: expect.any(String) } });
    await expect(folder('Web', id)).resolves.toMatchObject({ parentId: id });
  });

  it('cannot lie in themselves, nor too deep', async () => {
    const { organiser, folder } = await open();
    const chain = [await folder('1')];
    for (let depth = 2; depth <= MAX_FOLDER_DEPTH; depth++)
      chain.push(await folder(String(depth), chain.at(-1)?.id ?? null));
    const top = chain[0]?.id ?? '';
    const deepest = chain.at(-1)?.id ?? '';
    await expect(folder('9', deepest)).rejects.toThrow('8 deep');
    await expect(organiser.updateFolder(ACTOR, top, { parentId: deepest })).rejects.toThrow('in itself');
    const other = await folder('other');
    await expect(organiser.updateFolder(ACTOR, top, { parentId: other.id })).rejects.toThrow('8 deep');
    await expect(organiser.updateFolder(ACTOR, deepest, { parentId: null })).resolves.toMatchObject({ parentId: null });
  });

  it('give what is in them to the folder around them when they are deleted', async () => {
    await addVm('web-1');
    const { organiser, registry, folder } = await open();
    const outer = await folder('Production');
    const doomed = await folder('Old', outer.id);
    await folder('Web', doomed.id);
    await folder('Web', outer.id);
    await organiser.place(ACTOR, { vms: ['web-1'], folderId: doomed.id });
    await organiser.removeFolder(ACTOR, doomed.id);
    expect(registry.get('web-1').definition.folderId).toBe(outer.id);
    expect(names(organiser.folders().filter(({ parentId }) => parentId === outer.id))).toEqual(['Web', 'Web 2']);
    expect((await open()).registry.get('web-1').definition.folderId).toBe(outer.id);
    await expect(organiser.removeFolder(ACTOR, doomed.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('tags', () => {
  it('come with their first use, each in another colour, and keep their spelling', async () => {
    await addVm('web-1', ['from before']);
    const { organiser, registry } = await open();
    await organiser.place(ACTOR, { vms: ['web-1'], addTags: ['Web', 'linux'] });
    await organiser.place(ACTOR, { vms: ['web-1'], addTags: ['WEB'], removeTags: ['Linux'] });
    expect(registry.get('web-1').definition.tags).toEqual(['Web', 'from before']);
    expect(names(organiser.tags())).toEqual(['Web', 'from before', 'linux']);
    expect(new Set(organiser.tags().map(({ colour }) => colour)).size).toBe(3);
    await expect(organiser.admit({ tags: ['WEB', 'new'] })).resolves.toEqual({ tags: ['Web', 'new'] });
  });

  it('are renamed, recoloured and deleted on all VMs', async () => {
    await addVm('a', ['web', 'x']);
    await addVm('b', ['web']);
    const { organiser, onChange } = await open();
    await organiser.updateTag(ACTOR, 'web', { name: 'www', colour: 'teal' });
    const again = await open();
    expect(again.registry.get('a').definition.tags).toEqual(['www', 'x']);
    expect(again.organiser.tags()).toContainEqual({ name: 'www', colour: 'teal' });
    await again.organiser.removeTag(ACTOR, 'www');
    expect((await open()).registry.get('b').definition.tags).toEqual([]);
    expect(onChange).toHaveBeenCalled();
  });

  it('refuse the name of another tag and what is gone', async () => {
    await addVm('a', ['web', 'db']);
    const { organiser } = await open();
    await expect(organiser.updateTag(ACTOR, 'web', { name: 'DB' })).rejects.toMatchObject({ code: 'already_exists' });
    await expect(organiser.updateTag(ACTOR, 'web', { name: 'Web' })).resolves.toMatchObject({ name: 'Web' });
    await expect(organiser.removeTag(ACTOR, 'gone')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('placing', () => {
  it('changes nothing when one of the VMs or the folder is not there', async () => {
    await addVm('a');
    const { organiser, registry } = await open();
    const placing = { vms: ['a', 'gone'], addTags: ['web'] };
    await expect(organiser.place(ACTOR, placing)).rejects.toMatchObject({ code: 'not_found' });
    const nowhere = { vms: ['a'], folderId: crypto.randomUUID() };
    await expect(organiser.place(ACTOR, nowhere)).rejects.toMatchObject({ code: 'not_found' });
    expect(registry.get('a').definition).toMatchObject({ tags: [], folderId: null });
  });
});
