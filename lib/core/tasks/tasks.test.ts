import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../shared/errors';
import type { TaskView } from '../../shared/task';
import { openDatabase, type Db } from '../db';
import { applyMigrations } from '../migrate';
import { ACTOR } from '../testing/kit';
import { Speed } from './speed';
import type { TaskKind, TaskRun } from './task-kind';
import { surplusTasks, TaskStore, withLogLine } from './task-store';
import { Tasks } from './tasks';

type Run = TaskRun<{ name: string }, { step: number }>;

let folder: string;
let db: Db;
let told: TaskView[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'skep-tasks-'));
  const database = join(folder, 'skep.db');
  await applyMigrations({ database, copies: join(folder, 'copies') });
  db = await openDatabase(database);
  told = [];
});
afterEach(async () => {
  await db.$disconnect();
  rmSync(folder, { recursive: true, force: true });
});

/** A Skep's tasks on the test's database, with one kind of work. */
async function open(
  run: (run: Run) => Promise<void>,
  more: Partial<TaskKind<{ name: string }, { step: number }>> = {},
) {
  const tasks = new Tasks({ store: new TaskStore(db), onChange: (task) => told.push(task), onGone: () => undefined });
  const undone: unknown[] = [];
  const start = tasks.register({
    kind: 'test',
    input: z.object({ name: z.string() }),
    checkpoint: z.object({ step: z.number() }),
    onRestart: 'undo',
    isHeavy: false,
    title: ({ name }) => `Test ${name}`,
    run,
    undo: async (input, checkpoint) => void undone.push([input.name, checkpoint]),
    ...more,
  });
  await tasks.resume();
  return { tasks, start, undone };
}

/** Resolves when the work's signal is aborted, by throwing. */
const untilAborted = ({ signal }: Run) =>
  new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

describe('a task', () => {
  it('is listed at once, tells how far it is, and ends', async () => {
    const { tasks, start } = await open(async (run) => {
      run.progress(50, 100);
      run.log('Half of it.');
      await run.save({ step: 1 });
    });
    const { id, title } = await start(ACTOR, { name: 'one' });
    expect(title).toBe('Test one');
    const ended = await tasks.ended(id);
    expect(ended).toMatchObject({ status: 'done', doneBytes: 50, totalBytes: 100, actor: 'anna', error: null });
    expect(told.map((task) => task.status)).toEqual(['queued', 'running', 'done']);
    expect(tasks.log(id)).toMatch(/Z Half of it\.\n$/);
  });

  it('that fails is undone, and says why', async () => {
    const { tasks, start, undone } = await open(async (run) => {
      await run.save({ step: 2 });
      throw new AppError('no_space', 'There is no room.');
    });
    const { id } = await start(ACTOR, { name: 'two' });
    expect(await tasks.ended(id)).toMatchObject({ status: 'failed', error: { message: 'There is no room.' } });
    expect(undone).toEqual([['two', { step: 2 }]]);
  });

  it('is cancelled after its undo, and not twice', async () => {
    const { tasks, start, undone } = await open(untilAborted);
    const { id } = await start(ACTOR, { name: 'three' });
    expect(await tasks.cancel(ACTOR, id)).toMatchObject({ status: 'cancelled', error: null });
    expect(undone).toEqual([['three', null]]);
    expect(tasks.log(id)).toContain('anna cancelled it.');
    await expect(tasks.cancel(ACTOR, id)).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(tasks.cancel(ACTOR, 'no such id')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('that cannot be tidied up ends all the same', async () => {
    const { tasks, start } = await open(() => Promise.reject(new Error('broken')), {
      undo: () => Promise.reject(new Error('stuck')),
    });
    const { id } = await start(null, { name: 'four' });
    expect(await tasks.ended(id)).toMatchObject({ status: 'failed', error: { code: 'internal' }, actor: null });
    expect(tasks.log(id)).toContain('Tidying up failed: Error: stuck');
  });

  it('waits when two of the heavy ones run', async () => {
    const { tasks, start } = await open(untilAborted, { isHeavy: true });
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) ids.push((await start(ACTOR, { name })).id);
    await expect.poll(() => ids.map((id) => tasks.get(id).status)).toEqual(['running', 'running', 'queued']);
    await tasks.cancel(ACTOR, ids[0]!);
    await expect.poll(() => tasks.get(ids[2]!).status).toBe('running');
    await tasks.close();
  });

  it('is forgotten only when it has ended', async () => {
    const { tasks, start } = await open(untilAborted);
    const { id } = await start(ACTOR, { name: 'five' });
    await tasks.forget(ACTOR, [id]);
    expect(tasks.list()).toHaveLength(1);
    await tasks.cancel(ACTOR, id);
    await tasks.forget(ACTOR, [id]);
    expect(tasks.list()).toEqual([]);
    expect(await new TaskStore(db).list()).toEqual([]);
  });
});

describe('after a restart of Skep', () => {
  it('goes on from the checkpoint', async () => {
    const first = await open(async (run) => {
      await run.save({ step: 7 });
      await untilAborted(run);
    });
    const { id } = await first.start(ACTOR, { name: 'six' });
    await expect.poll(async () => (await new TaskStore(db).list())[0]?.checkpoint).toEqual({ step: 7 });
    await first.tasks.close();
    expect(first.undone).toEqual([]);

    let seen: unknown;
    const second = await open(async (run) => void (seen = run.checkpoint), { onRestart: 'continue' });
    expect(await second.tasks.ended(id)).toMatchObject({ status: 'done', actor: 'anna' });
    expect(seen).toEqual({ step: 7 });
  });

  it('undoes what cannot go on', async () => {
    const first = await open(untilAborted);
    const { id } = await first.start(ACTOR, { name: 'seven' });
    await expect.poll(() => first.tasks.get(id).status).toBe('running');
    await first.tasks.close();
    const second = await open(untilAborted);
    expect(second.undone).toEqual([['seven', null]]);
    expect(second.tasks.get(id)).toMatchObject({ status: 'failed', error: { code: 'wrong_state' } });
  });
});

it('keeps the end of a long log, in whole lines', () => {
  let log = '';
  for (let i = 0; i < 3000; i++) log = withLogLine(log, new Date(0), `line ${i} ${'x'.repeat(20)}`);
  expect(log.length).toBeLessThanOrEqual(64 * 1024);
  expect(log).toMatch(/^1970-01-01T00:00:00.000Z line \d+ x+\n/);
  expect(log).toContain('line 2999 ');
});

it('forgets the oldest beyond 500', () => {
  const ended = Array.from({ length: 502 }, (_, i) => ({ id: String(i) }));
  expect(surplusTasks(ended)).toEqual(['0', '1']);
  expect(surplusTasks(ended.slice(0, 10))).toEqual([]);
});

it('measures speed over the last seconds', () => {
  const speed = new Speed();
  speed.add(0, 0);
  expect(speed.perSecond()).toBeNull();
  speed.add(1000, 1000);
  expect(speed.perSecond()).toBe(1000);
  for (let s = 2; s <= 20; s++) speed.add(1000, s * 1000);
  expect(speed.perSecond()).toBe(0);
});
