/** What the host offers: its hardware, its QEMU, and the accelerators on which a probe guest really ran. */
import { readFileSync } from 'node:fs';
import { cpus, hostname, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { probeHost, type QemuHost } from '../qemu/host';
import type { QemuImgTools } from '../qemu/qemu-img';
import { qemuUserName, type RunAs } from '../qemu/run-as';
import { AppError, isAppError, toErrorBody } from '../shared/errors';
import type { HostView } from '../shared/host';
import { inBackground } from './background';
import type { HomePaths, HostService } from './types';

export interface HostProbeOptions {
  home: HomePaths;
  runAs: RunAs | null;
  /** Where QEMU's programs are; undefined: on the PATH. */
  qemuDir: string | undefined;
  version: string;
  onChange(): void;
}

export class HostProbe implements HostService {
  private host: QemuHost | null = null;
  private problem: string | null = null;
  private probing: Promise<void> | null = null;
  private place: HostView['listensOn'];

  constructor(private readonly options: HostProbeOptions) {}

  /** Begins to probe; nobody has to wait for it. */
  begin(): void {
    inBackground(this.probe(true), 'probing the host');
  }

  /** What is known so far, without waiting. */
  known(): QemuHost | null {
    return this.host;
  }

  /** What the host offers, once it is known. @throws AppError `host_missing` */
  async require(): Promise<QemuHost> {
    if (this.probing) await this.probing;
    if (!this.host) await this.probe(true);
    if (this.host) return this.host;
    throw new AppError('host_missing', this.problem ?? 'QEMU was not found on this host.');
  }

  async imgTools(): Promise<QemuImgTools> {
    return { qemuImgPath: (await this.require()).qemuImgPath, runAs: this.options.runAs };
  }

  /** Tells where the server listens, for the pages to show. */
  setListensOn(place: HostView['listensOn']): void {
    this.place = place;
    this.options.onChange();
  }

  async refresh(): Promise<HostView> {
    await this.probe(false);
    return this.view();
  }

  view(): HostView {
    const { home, runAs, version } = this.options;
    const host = this.host;
    return {
      hostname: hostname(),
      os: osName(),
      kernel: release(),
      cpuModel: cpus()[0]?.model.trim() ?? 'unknown',
      cpuCount: cpus().length,
      memoryTotalBytes: totalmem(),
      skepVersion: version,
      listensOn: this.place,
      home: home.root,
      libraryFolder: home.library,
      qemu: host && { version: host.fullVersion, path: host.qemuPath },
      accelerators: host?.accelerators ?? [],
      accelerator: host?.accelerator ?? 'tcg',
      uefi: {
        available: Boolean(host?.uefi),
        reason: host?.uefi ? host.uefi.code : 'The firmware OVMF is missing. Install the package ovmf.',
      },
      qemuUser: qemuUserName(runAs),
      problems: this.problem ? [this.problem] : [],
    };
  }

  private probe(cached: boolean): Promise<void> {
    this.probing ??= this.probeOnce(cached).finally(() => {
      this.probing = null;
      this.options.onChange();
    });
    return this.probing;
  }

  private async probeOnce(cached: boolean): Promise<void> {
    const { home, runAs, qemuDir } = this.options;
    const cacheFile = join(home.root, 'probe.json');
    try {
      this.host = await probeHost({ qemuDir, runAs, cacheFile, fresh: !cached });
      this.problem = null;
    } catch (error) {
      if (!isAppError(error)) console.error('skep: probing the host failed:', error);
      this.host = null;
      this.problem = toErrorBody(error).message;
    }
  }
}

function osName(): string {
  try {
    return /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
  } catch {
    return 'Linux';
  }
}
