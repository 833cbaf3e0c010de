import { describe, expect, it } from 'vitest';
import type { TaskStatus, TaskView } from '@/lib/shared/task';
import {
  endedBetween,
  filterTasks,
  firstSentence,
  kindLabel,
  NO_FILTER,
  progressText,
  shareOfAll,
  sortTasks,
  speedText,
} from './task-rows';

const MIB = 1024 ** 2;

function task(id: string, more: Partial<TaskView> = {}): TaskView {
  return {
    id,
    kind: 'upload',
    title: `Upload ${id}`,
    status: 'running',
    doneBytes: 0,
    totalBytes: null,
    bytesPerSecond: null,
    step: null,
    actor: 'anna',
    vmId: null,
    error: null,
    createdAt: '2026-12-01T10:00:00.000Z',
    startedAt: null,
    endedAt: null,
    ...more,
  };
}

const ids = (tasks: TaskView[]) => tasks.map(({ id }) => id).join();

describe('filterTasks', () => {
  const tasks = [
    task('a'),
    task('b', { status: 'failed', error: { code: 'no_space', message: 'There is no room.' } }),
    task('c', { status: 'queued', kind: 'convert-disk', title: 'Convert c' }),
  ];
  it.each([
    [{}, 'a,b,c'],
    [{ status: 'active' as const }, 'a,c'],
    [{ status: 'failed' as const }, 'b'],
    [{ kind: 'convert-disk' }, 'c'],
    [{ text: 'room' }, 'b'],
    [{ text: 'waiting convert' }, 'c'],
    [{ text: 'anna nothing' }, ''],
  ])('%o → %s', (filter, expected) => expect(ids(filterTasks(tasks, { ...NO_FILTER, ...filter }))).toBe(expected));
});

describe('sortTasks', () => {
  const tasks = [
    task('a', { createdAt: '2026-12-01T10:00:00.000Z', status: 'done' }),
    task('b', { createdAt: '2026-12-01T11:00:00.000Z', status: 'running' }),
    task('c', { createdAt: '2026-12-01T12:00:00.000Z', status: 'done', actor: null }),
  ];
  it.each([
    ['created', 'descending', 'c,b,a'],
    ['status', 'ascending', 'b,c,a'],
    ['actor', 'ascending', 'c,b,a'],
    ['title', 'descending', 'c,b,a'],
  ] as const)('by %s, %s', (column, direction, expected) =>
    expect(ids(sortTasks(tasks, { column, direction }))).toBe(expected),
  );
});

describe('the words', () => {
  it('tell bytes, per cent, speed and time left', () => {
    const moving = task('a', { doneBytes: 25 * MIB, totalBytes: 100 * MIB, bytesPerSecond: 5 * MIB });
    expect(progressText(moving)).toBe('25 MiB of 100 MiB, 25 %');
    expect(speedText(moving)).toBe('5 MiB/s, 15 s left');
  });
  it('tell what is known', () => {
    expect(progressText(task('a'))).toBe('');
    expect(progressText(task('a', { doneBytes: 3 * MIB }))).toBe('3 MiB');
    expect(speedText(task('a', { bytesPerSecond: MIB }))).toBe('1 MiB/s');
    expect(speedText(task('a', { bytesPerSecond: MIB, status: 'done' }))).toBe('');
  });
  it('make a label of a kind', () => expect(kindLabel('convert-disk')).toBe('Convert disk'));
  it('take the first sentence', () => {
    expect(firstSentence({ code: 'busy', message: 'It is busy. Wait.' })).toBe('It is busy.');
    expect(firstSentence({ code: 'busy', message: 'It is busy.' })).toBe('It is busy.');
  });
});

describe('shareOfAll', () => {
  it('is the mean of what is known', () =>
    expect(
      shareOfAll([task('a', { doneBytes: 1, totalBytes: 4 }), task('b', { doneBytes: 3, totalBytes: 4 }), task('c')]),
    ).toBe(0.5));
  it('is null when nothing is', () => expect(shareOfAll([task('a')])).toBeNull());
});

describe('endedBetween', () => {
  const before = new Map<string, TaskStatus>([
    ['was-running', 'running'],
    ['was-done', 'done'],
  ]);
  it.each([
    [task('was-running', { status: 'done' }), true],
    [task('was-running', { status: 'failed' }), true],
    [task('was-running', { status: 'cancelled' }), false],
    [task('was-running', { status: 'done', actor: 'berta' }), false],
    [task('was-done', { status: 'done' }), false],
    [task('quick', { status: 'done' }), true],
  ])('%#: %o', (now, told) => expect(endedBetween(before, [now], 'anna')).toEqual(told ? [now] : []));
});
