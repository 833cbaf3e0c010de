/**
 * A process with a core of its own, for scripts/proof/kill-points.mjs, which kills it.
 *
 *   work HOME JOB URL   begins the job, says “begun”, and “ended” when it has ended
 *   check HOME          opens the home as the next Skep does, waits until nothing runs, and tells what is there
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEnded } from '../../shared/task';
import type { RunningVmm } from '../create-vmm';
import { ACTOR, createInput, diskSpec, openCore } from './kit';

const JOBS: Record<string, (core: RunningVmm, url: string) => Promise<unknown>> = {
  async download(core, url) {
    await core.settings.update(ACTOR, { downloadHosts: [new URL(url).host] });
    const more = { folder: null, checksum: null, unpack: false };
    await core.downloads.start(ACTOR, { url, name: 'downloaded.img', ...more });
  },
  unpack: (core) =>
    core.unpacks.start(ACTOR, { ref: 'packed.img.gz', member: null, name: 'unpacked.img', removePacked: true }),
  create: (core) => core.vms.create(ACTOR, createInput('copied', diskSpec('image.raw'), false)),
};

/** Resolves when no task runs. */
function untilIdle(core: RunningVmm): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = core.live.subscribe(() => {
      if (!core.tasks.list().every(({ status }) => isEnded(status))) return;
      setImmediate(() => unsubscribe());
      resolve();
    });
  });
}

async function work(home: string, job: string, url: string): Promise<void> {
  const core = await openCore(home);
  const running = JOBS[job]?.(core, url);
  process.stdout.write('begun\n');
  await running;
  await untilIdle(core);
  process.stdout.write('ended\n');
  await core.close();
}

async function check(home: string): Promise<void> {
  const core = await openCore(home);
  await untilIdle(core);
  await core.library.refresh();
  const { library, vms } = core.home;
  const sha256 = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(library, name)))
      .digest('hex');
  const found = {
    tasks: core.tasks.list().map(({ kind, status, error }) => ({ kind, status, error: error?.message ?? null })),
    library: Object.fromEntries(readdirSync(library).map((name) => [name, sha256(name)])),
    vms: core.vms.list().map(({ id, name }) => ({ id, name })),
    folders: Object.fromEntries(readdirSync(vms).map((id) => [id, readdirSync(join(vms, id))])),
  };
  process.stdout.write(`${JSON.stringify(found)}\n`);
  await core.close();
}

const [mode, home = '', job = '', url = ''] = process.argv.slice(2);
await (mode === 'work' ? work(home, job, url) : check(home));
process.exit(0);
