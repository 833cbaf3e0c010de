/** A whole core on a home of its own, for tests: real database, real QEMU, no server and no browser. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lookUpRunAs } from '../../qemu/run-as';
import { vmCreate, type VmCreate, type VmSpecDraft, type VmStatus, type VmView } from '../../shared/vm';
import { createVmm, type RunningVmm } from '../create-vmm';
import { openDatabase } from '../db';
import { prepareHome } from '../home';
import { applyMigrations } from '../migrate';
import { createSettings } from '../settings';
import type { Actor, AuthService } from '../types';

/** Starts a core on a home. Its `close` closes the database too. */
export async function openCore(root: string): Promise<RunningVmm> {
  const runAs = lookUpRunAs();
  const home = prepareHome({ ...process.env, SKEP_HOME: root }, runAs);
  await applyMigrations({ database: home.database, copies: home.databaseCopies });
  const db = await openDatabase(home.database);
  const settings = await createSettings(db);
  const core = await createVmm({
    home,
    runAs,
    db,
    settings,
    // No test of the core signs anybody in.
    auth: {} as AuthService,
    ownPort: 7537,
    version: 'test',
    build: 'test',
  });
  const close = core.close.bind(core);
  core.close = async () => {
    await close();
    await db.$disconnect();
  };
  return core;
}

export const ACTOR: Actor = { userId: 'u1', name: 'anna' };

/** A home that is there until `destroy`; cores come and go on it. */
export class TestHome {
  readonly root = mkdtempSync(join(tmpdir(), 'skep-core-'));
  private readonly cores = new Set<RunningVmm>();

  /** Starts a core on this home, as `npm start` does. */
  async open(): Promise<RunningVmm> {
    const core = await openCore(this.root);
    const close = core.close.bind(core);
    core.close = async () => {
      this.cores.delete(core);
      await close();
    };
    this.cores.add(core);
    return core;
  }

  /** Forces off what still runs, then removes the home. */
  async destroy(): Promise<void> {
    const core = [...this.cores][0] ?? (await this.open());
    for (const vm of core.vms.list()) if (vm.pid) await core.vms.power(ACTOR, vm.name, 'force-off');
    for (const open of [...this.cores]) await open.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Puts a disk image with this boot sector into the library. */
  async addImage(core: RunningVmm, name: string, bootCode: string): Promise<void> {
    const image = Buffer.alloc(1024 ** 2);
    Buffer.from(bootCode.replaceAll(' ', ''), 'hex').copy(image);
    image.writeUInt16BE(0x55aa, 510);
    writeFileSync(join(core.home.library, name), image);
    await core.library.refresh();
  }
}

/** A VM without disks: its firmware finds nothing to boot and waits. */
export function bareSpec(change: Partial<VmSpecDraft> = {}): VmSpecDraft {
  return {
    version: 1,
    system: 'other',
    architecture: 'x86_64',
    machine: { type: 'pc', version: null },
    firmware: { kind: 'bios' },
    accelerator: 'tcg',
    cpu: { count: 1 },
    memoryMiB: 32,
    boot: { order: [] },
    devices: [
      { kind: 'video', id: 'video0', model: 'std' },
      { kind: 'serial', id: 'serial0' },
    ],
    ...change,
  };
}

/** Waits for a byte on the serial port, then powers off by ACPI: `in al,0x3fd` until ready, `out 0x604,0x2000`. */
export const POWER_OFF_ON_INPUT = 'bafd03 ec a801 74fb ba0406 b80020 ef f4 ebfd';

/** A VM that boots a copy of a library image. */
export function diskSpec(libraryFile: string): VmSpecDraft {
  const { devices } = bareSpec();
  const source = { kind: 'copy' as const, libraryFile };
  return bareSpec({
    devices: [...devices, { kind: 'disk', id: 'disk0', bus: 'ide', format: 'qcow2', source }],
    boot: { order: ['disk0'] },
  });
}

export function createInput(name: string, spec: VmSpecDraft = bareSpec(), start = true): VmCreate {
  return vmCreate.parse({ name, spec, start });
}

/** Resolves with the VM when it has one of the statuses. @throws after `timeoutMs`, naming the status it had */
export async function untilStatus(
  core: RunningVmm,
  name: string,
  statuses: VmStatus[],
  timeoutMs = 10_000,
): Promise<VmView> {
  return until(core, name, (vm) => statuses.includes(vm.status) && !vm.operation, timeoutMs);
}

/** Resolves with the VM as soon as `done` is true of it, told by the live events. */
export function until(
  core: RunningVmm,
  name: string,
  done: (vm: VmView) => boolean,
  timeoutMs = 10_000,
): Promise<VmView> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void) => {
      clearTimeout(timer);
      setImmediate(() => unsubscribe());
      act();
    };
    const timer = setTimeout(() => {
      const vm = core.vms.list().find((candidate) => candidate.name === name);
      finish(() =>
        reject(new Error(`${name} is ${vm?.status ?? 'gone'} (${vm?.reason ?? 'no reason'}) after ${timeoutMs} ms`)),
      );
    }, timeoutMs);
    const unsubscribe = core.live.subscribe((event) => {
      const vms = event.type === 'snapshot' ? event.vms : event.type === 'vm' ? [event.vm] : [];
      const vm = vms.find((candidate) => candidate.name === name);
      if (vm && done(vm)) finish(() => resolve(vm));
    });
  });
}
