import { expect, it } from 'vitest';
import { faults, JOBS, killPoints, seeded } from './kill-points.mjs';

it('a killed Skep leaves nothing half and nothing stray', { timeout: 120_000 }, async () => {
  const results = await killPoints(JOBS.length, 7);
  expect(results.map(({ job, wrong }) => [job, wrong])).toEqual(JOBS.map((job) => [job, []]));
});

it('the same seed kills at the same points', () => {
  const [one, other] = [seeded(7), seeded(7)];
  expect([one(), one()]).toEqual([other(), other()]);
});

it('what is wrong is told', () => {
  const found = {
    tasks: [{ kind: 'unpack', status: 'failed', error: 'No.' }],
    library: { '.skep-x.part': 'a', 'packed.img.gz': 'b' },
    vms: [{ id: '1', name: 'a' }],
    folders: { 2: ['disk'] },
  };
  expect(faults('unpack', found, { 'packed.img.gz': 'c' })).toEqual([
    'stray in the library: .skep-x.part',
    'not whole: packed.img.gz',
    'unpack failed: No.',
    'nothing unpacked',
    'still packed',
    'a folder of no VM: 2 (disk)',
    'a VM without a folder: 1',
  ]);
});
