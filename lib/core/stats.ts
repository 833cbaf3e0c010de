/** CPU and memory of the host and of each running VM, sampled only while somebody watches. */
import { readFileSync } from 'node:fs';
import { cpus, freemem, totalmem } from 'node:os';
import { processUsage } from '../qemu/process';
import type { LiveStats } from '../shared/host';
import { inBackground } from './background';
import { spaceOf } from './space';
import type { VmEntry } from './vm-entry';

const EVERY_MS = 2000;
/** The sizes of disk files are read once in so many samples. */
const SLOW_EVERY = 10;
/** Linux counts CPU time in ticks of 1/100 s for all programs (USER_HZ). */
const TICKS_PER_SECOND = 100;

interface Sample {
  atMs: number;
  ticks: number;
}

export class StatsSampler {
  latest: LiveStats | null = null;
  private timer: NodeJS.Timeout | undefined;
  private before = new Map<string, Sample>();
  private count = 0;
  private hostBefore: { idle: number; total: number } | undefined;

  /**
   * @param entries the VMs of this moment
   * @param folder whose file system counts as "the disk"
   */
  constructor(
    private readonly entries: () => Iterable<VmEntry>,
    private readonly folder: string,
    private readonly onSample: (stats: LiveStats) => void,
    /** Called now and then, for what changes slowly. */
    private readonly onSlow: () => Promise<unknown>,
  ) {}

  start(): void {
    this.stop();
    const sample = () => inBackground(this.sample(), 'measuring');
    this.timer = setInterval(sample, EVERY_MS);
    this.timer.unref();
    sample();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async sample(): Promise<void> {
    const vms: LiveStats['vms'] = {};
    const last = this.before;
    this.before = new Map(); // processes that have ended are forgotten
    let committedMiB = 0;
    for (const { machine } of this.entries()) {
      const usage = machine.process && processUsage(machine.process.pid);
      if (!usage || !machine.run) continue;
      committedMiB += machine.run.record.spec.memoryMiB;
      const cpuPercent = this.cpuPercent(last, `${machine.id} ${machine.process?.pid}`, usage.cpuTicks);
      vms[machine.id] = { cpuPercent, memoryBytes: usage.residentBytes };
    }
    const space = await spaceOf(this.folder).catch(() => ({ freeBytes: 0, totalBytes: 0 }));
    this.latest = {
      vms,
      host: {
        cpuPercent: this.hostCpuPercent(),
        ...memory(),
        diskFreeBytes: space.freeBytes,
        diskTotalBytes: space.totalBytes,
        committedMiB,
      },
    };
    if (!this.timer) return;
    this.onSample(this.latest);
    if (++this.count % SLOW_EVERY === 0) await this.onSlow();
  }

  /** Per cent of one core since the last sample of this process. */
  private cpuPercent(last: Map<string, Sample>, key: string, ticks: number): number {
    const now = { atMs: performance.now(), ticks };
    const before = last.get(key);
    this.before.set(key, now);
    if (!before || now.atMs - before.atMs < 100) return 0;
    const seconds = (now.atMs - before.atMs) / 1000;
    return Math.max(0, ((ticks - before.ticks) / TICKS_PER_SECOND / seconds) * 100);
  }

  private hostCpuPercent(): number {
    const times = cpus().map((cpu) => cpu.times);
    const idle = times.reduce((sum, t) => sum + t.idle, 0);
    const total = times.reduce((sum, t) => sum + t.idle + t.user + t.sys + t.nice + t.irq, 0);
    const before = this.hostBefore;
    this.hostBefore = { idle, total };
    if (!before || total === before.total) return 0;
    return (1 - (idle - before.idle) / (total - before.total)) * 100;
  }
}

/** Memory in use: what cannot be given to a program without swapping (MemAvailable of proc(5)). */
function memory(): { memoryUsedBytes: number; memoryTotalBytes: number } {
  const total = totalmem();
  const available = /MemAvailable:\s+(\d+) kB/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1];
  return { memoryTotalBytes: total, memoryUsedBytes: total - (available ? Number(available) * 1024 : freemem()) };
}
