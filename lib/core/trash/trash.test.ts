import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isAppError } from '../../shared/errors';
import { namesLike } from '../../shared/trash';
import type { EventLog } from '../event-log';
import { homePaths } from '../home';
import { ACTOR } from '../testing/kit';
import type { HomePaths } from '../types';
import type { VmEntry } from '../vm-entry';
import type { Restorer } from './restore';
import { Trash } from './trash';
import { toTrashError } from './trash-files';
import type { PlacedItem } from './trash-item';
import type { TrashStore } from './trash-store';

const DAY_MS = 24 * 60 * 60 * 1000;

let home: HomePaths;
beforeEach(() => {
  home = homePaths(mkdtempSync(join(tmpdir(), 'skep-trash-')));
  mkdirSync(home.vms);
});
afterEach(() => rmSync(home.root, { recursive: true, force: true }));

/** A trash on real files, whose rows are kept in memory. */
function open(insert: (item: PlacedItem) => Promise<void> = () => Promise.resolve()) {
  return new Trash({
    home,
    store: { insert, delete: () => Promise.resolve() } as unknown as TrashStore,
    log: {} as EventLog,
    restorer: {} as Restorer,
    startEmptying: () => Promise.reject(new Error('no task')),
    keepDays: () => 7,
    onChange: () => undefined,
  });
}

const VM = { definition: { id: '6b1b6c5e-0d3f-4c0e-9d5b-0f8b8f9f0a01', name: 'web' } } as VmEntry;

function aFile(): string {
  const file = join(home.vms, 'disk0.qcow2');
  writeFileSync(file, 'disk');
  return file;
}

it('leaves a file where it was when its row cannot be written', async () => {
  const file = aFile();
  const trash = open(() => Promise.reject(new Error('database or disk is full')));
  const failed = trash.putDisk(ACTOR, VM, 'disk0.qcow2', file);
  await expect(failed).rejects.toMatchObject({
    code: 'no_space',
    message: expect.stringContaining('disk is full') as string,
  });
  expect(readFileSync(file, 'utf8')).toBe('disk');
  expect(readdirSync(home.trash)).toEqual([]);
  expect(trash.state().items).toEqual([]);
});

it('deletes for good what is due, and nothing before', async () => {
  const trash = open();
  const { deletedAt } = await trash.putDisk(ACTOR, VM, 'disk0.qcow2', aFile());
  const at = (days: number) => new Date(Date.parse(deletedAt) + days * DAY_MS);
  await trash.purgeExpired(at(6.9));
  expect(trash.state().items).toHaveLength(1);
  await trash.purgeExpired(at(7));
  expect(trash.state().items).toEqual([]);
  expect(readdirSync(home.trash)).toEqual([]);
});

it('says what stood in the way', () => {
  const sentence = (code: string) => {
    const error = toTrashError(Object.assign(new Error(code), { code }), 'web');
    return isAppError(error) ? [error.code, error.message] : [];
  };
  expect(sentence('ENOSPC')).toEqual(['no_space', expect.stringContaining('The host’s disk is full')]);
  expect(sentence('EXDEV')).toEqual(['wrong_state', expect.stringContaining('another file system')]);
  expect(sentence('EPERM')).toEqual(['internal', expect.stringContaining('still where it was')]);
});

it('counts names up', () => {
  const names = namesLike('disk0.qcow2', '.qcow2');
  expect([names.next().value, names.next().value, names.next().value]).toEqual([
    'disk0.qcow2',
    'disk0-2.qcow2',
    'disk0-3.qcow2',
  ]);
});
