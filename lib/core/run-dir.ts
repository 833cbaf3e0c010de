/**
 * What Skep keeps of one run of a VM, apart from the VM itself: enough to find the process again after Skep
 * was restarted, and to tell how the run ended.
 *
 *   run/<first 8 of the VM's id>/            ours alone: QEMU cannot write here
 *     <start id>/                            QEMU's working directory: qmp rescue serial0 vnc pid
 *     <start id>.json                        the record: boot, spec, accelerator, argv
 *     <start id>.ending                      the end was asked for (by a person or by the guest)
 *     <start id>.reboot                      when the guest goes off, start it again
 *     last-exit.json                         how the last run ended, when nobody had asked it to
 */
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { bootId, findQemu } from '../qemu/process';
import type { ProcessInfo } from '../qemu/process';
import type { RunAs } from '../qemu/run-as';
import { vmSpec, type VmExit } from '../shared/vm';

const runRecord = z.object({
  bootId: z.string(),
  startedAt: z.string(),
  accelerator: z.enum(['kvm', 'tcg']),
  qemuVersion: z.string(),
  spec: vmSpec,
  argv: z.array(z.string()),
});
export type RunRecord = z.infer<typeof runRecord>;

const vmExit = z.object({
  at: z.string(),
  exitCode: z.number().nullable(),
  signal: z.string().nullable(),
  logTail: z.string(),
});

export interface Run {
  startId: string;
  /** QEMU's working directory, with its sockets. */
  dir: string;
  record: RunRecord;
}

/** What is left of earlier runs, as found at Skep's start. */
export interface FoundRun {
  run: Run;
  process: ProcessInfo | null;
  /** Its end had been asked for. */
  ending: boolean;
  /** It began before the host's last boot. */
  otherBoot: boolean;
}

/** The runs of one VM. */
export class RunStore {
  private readonly base: string;

  /** @param runRoot `HomePaths.run` */
  constructor(
    runRoot: string,
    private readonly vmId: string,
    private readonly runAs: RunAs | null,
  ) {
    this.base = join(runRoot, vmId.slice(0, 8));
  }

  /** Makes the directory of a new start. Each start has its own, so that no two QEMUs meet at one socket path. */
  async create(record: Omit<RunRecord, 'bootId'>): Promise<Run> {
    const startId = randomBytes(4).toString('hex');
    const dir = join(this.base, startId);
    await this.makeBase();
    await mkdir(dir, { mode: 0o700 });
    if (this.runAs) await chown(dir, this.runAs.uid, this.runAs.gid);
    const full: RunRecord = { ...record, bootId: bootId() };
    await writeFile(`${dir}.json`, JSON.stringify(full));
    return { startId, dir, record: full };
  }

  /** All runs whose record can be read, with the process that still lives, if one does. */
  async find(): Promise<FoundRun[]> {
    const names = await readdir(this.base).catch(() => [] as string[]);
    const found: FoundRun[] = [];
    for (const name of names.filter((n) => n.endsWith('.json') && n !== 'last-exit.json')) {
      const startId = name.slice(0, -'.json'.length);
      const dir = join(this.base, startId);
      const parsed = runRecord.safeParse(await readJson(`${dir}.json`));
      if (!parsed.success) continue;
      found.push({
        run: { startId, dir, record: parsed.data },
        process: findQemu(dir, this.vmId),
        ending: names.includes(`${startId}.ending`),
        otherBoot: parsed.data.bootId !== bootId(),
      });
    }
    return found;
  }

  /** The running VM's hardware changed (a medium was swapped). */
  async updateSpec(run: Run, spec: RunRecord['spec']): Promise<void> {
    run.record = { ...run.record, spec };
    await writeFile(`${run.dir}.json.new`, JSON.stringify(run.record));
    await rename(`${run.dir}.json.new`, `${run.dir}.json`);
  }

  async markEnding(run: Run): Promise<void> {
    await writeFile(`${run.dir}.ending`, '');
  }

  async setRebootPending(run: Run, pending: boolean): Promise<void> {
    if (pending) await writeFile(`${run.dir}.reboot`, '');
    else await rm(`${run.dir}.reboot`, { force: true });
  }

  async isRebootPending(run: Run): Promise<boolean> {
    return (await readdir(this.base).catch(() => [] as string[])).includes(`${run.startId}.reboot`);
  }

  /** Removes what a run that is over left behind. */
  async remove(run: Run): Promise<void> {
    for (const suffix of ['', '.ending', '.reboot', '.json'])
      await rm(`${run.dir}${suffix}`, { recursive: true, force: true });
  }

  async readLastExit(): Promise<VmExit | null> {
    const parsed = vmExit.safeParse(await readJson(join(this.base, 'last-exit.json')));
    return parsed.success ? parsed.data : null;
  }

  async writeLastExit(exit: VmExit | null): Promise<void> {
    const file = join(this.base, 'last-exit.json');
    if (!exit) return rm(file, { force: true });
    await this.makeBase();
    await writeFile(file, JSON.stringify(exit));
  }

  /** QEMU's user may pass through, and no more. */
  private async makeBase(): Promise<void> {
    await mkdir(this.base, { recursive: true, mode: 0o700 });
    if (!this.runAs) return;
    await chown(this.base, process.getuid?.() ?? 0, this.runAs.gid);
    await chmod(this.base, 0o710);
  }

  /** Removes everything; for a VM that is deleted. */
  async destroy(): Promise<void> {
    await rm(this.base, { recursive: true, force: true });
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null; // missing or cut short: treated as not there
  }
}
