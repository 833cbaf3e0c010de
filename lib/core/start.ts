/** Starting a VM, afresh or from its state on disk: everything between the click and the guest's first instruction. */
import { copyFile, chmod, chown, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildArgv } from '../qemu/argv';
import type { QemuHost } from '../qemu/host';
import { launch, type LaunchedQemu } from '../qemu/launch';
import { cont } from '../qemu/qmp-commands';
import { restoreState } from '../qemu/save-state';
import { devicesOf } from '../shared/device';
import { AppError } from '../shared/errors';
import type { VmSpec } from '../shared/vm';
import { checkForwards, type ForwardOwner } from './forwards';
import type { Machine } from './machine';
import type { Operation } from './operations';
import { capLog } from './qemu-log';
import type { Run } from './run-dir';
import { readSavedRecord, removeSavedState, retireSavedState, stateFile, type SavedRecord } from './saved-state';
import { requireSpace } from './space';
import type { VmEntry } from './vm-entry';

export interface StartDeps {
  /** What the host offers. @throws AppError `host_missing` while there is no QEMU */
  host(): Promise<QemuHost>;
  libraryFile(name: string): string;
  running(): ForwardOwner[];
  ownPort: number;
  onProgress(entry: VmEntry, operation: Operation, progress: number): void;
}

/** Starts a VM from the beginning. @throws AppError saying what is missing or what QEMU said */
export async function startVm(deps: StartDeps, entry: VmEntry, operation: Operation): Promise<void> {
  const host = await deps.host();
  const { spec } = entry.definition;
  const record = { spec, accelerator: chooseAccelerator(spec, host), qemuVersion: host.version };
  await bringUp(deps, entry, host, record, false, operation, async ({ qmp }) => cont(qmp));
}

/** Starts a VM where `save` left it. The state stays on disk until the guest runs again. */
export async function restoreVm(deps: StartDeps, entry: VmEntry, operation: Operation): Promise<void> {
  const host = await deps.host();
  const { machine } = entry;
  const record = await readSavedRecord(machine.folder);
  await bringUp(deps, entry, host, record, true, operation, async ({ qmp }, run) => {
    const onProgress = (progress: number) => deps.onProgress(entry, operation, progress);
    await restoreState({ qmp, runDir: run.dir, file: stateFile(machine.folder), onProgress });
    await retireSavedState(machine.folder);
    machine.set({ savedAt: null });
    await cont(qmp);
    await removeSavedState(machine.folder);
  });
}

async function bringUp(
  deps: StartDeps,
  entry: VmEntry,
  host: QemuHost,
  record: SavedRecord,
  incoming: boolean,
  operation: Operation,
  begin: (qemu: LaunchedQemu, run: Run) => Promise<void>,
): Promise<void> {
  const { machine, definition } = entry;
  await checkFiles(deps, machine, record.spec);
  await checkForwards(record.spec, deps.running(), deps.ownPort);
  const uefiCode = record.spec.firmware.kind === 'uefi' ? await prepareUefi(machine, host) : null;
  const argv = buildArgv({
    id: machine.id,
    name: definition.name,
    spec: record.spec,
    accelerator: record.accelerator,
    hostQemuVersion: host.version,
    paths: pathsOf(deps, machine.folder, uefiCode),
    incoming,
  });
  await machine.clearLastExit();
  await capLog(machine.logFile);
  const run = await machine.runs.create({
    ...record,
    startedAt: new Date().toISOString(),
    argv: [host.qemuPath, ...argv],
  });
  const launched = await launchInto(machine, host, run, argv);
  try {
    throwIfAborted(operation);
    await begin(launched, run);
    throwIfAborted(operation);
    await machine.refresh();
  } catch (error) {
    await machine.quit();
    await machine.waitForEnd(3000);
    throw error;
  }
}

async function launchInto(machine: Machine, host: QemuHost, run: Run, argv: string[]): Promise<LaunchedQemu> {
  const { runAs } = machine.context;
  let launched;
  try {
    launched = await launch({ file: host.qemuPath, argv, runDir: run.dir, logFile: machine.logFile, runAs });
  } catch (error) {
    await machine.runs.remove(run);
    throw error;
  }
  const { pid, startTimeTicks, qmp, exited } = launched;
  await machine.attach(run, { pid, startTimeTicks, argv, state: 'S' }, qmp, exited);
  return launched;
}

/** The absolute paths that argv needs. */
export function pathsOf(deps: Pick<StartDeps, 'libraryFile'>, folder: string, uefiCode: string | null) {
  return {
    diskFile: (file: string) => join(folder, file),
    libraryFile: (file: string) => deps.libraryFile(file),
    nvram: join(folder, 'nvram.fd'),
    uefiCode,
  };
}

/** What `auto` means on this host, or the one that was asked for. @throws AppError `host_missing` when it does not work */
export function chooseAccelerator(spec: VmSpec, host: QemuHost): 'kvm' | 'tcg' {
  if (spec.accelerator === 'tcg') return 'tcg';
  const kvm = host.accelerators.find((a) => a.name === 'kvm');
  if (kvm?.works) return 'kvm';
  if (spec.accelerator === 'auto') return 'tcg';
  throw new AppError(
    'host_missing',
    `This VM asks for KVM, and KVM does not work here: ${kvm?.reason ?? 'QEMU has no KVM.'} ${kvm?.fix ?? ''} ` +
      'Or choose the accelerator “auto” on its Hardware page.',
    kvm?.details ? { details: kvm.details } : {},
  );
}

async function checkFiles(deps: StartDeps, machine: Machine, spec: VmSpec): Promise<void> {
  for (const disk of devicesOf(spec, 'disk')) {
    const file = join(machine.folder, disk.source.file);
    if (!(await exists(file)))
      throw new AppError(
        'not_found',
        `The file of ${disk.id} is gone: ${file}. Put it back, or take the disk out on the Hardware page.`,
      );
  }
  for (const { id, media } of devicesOf(spec, 'cdrom')) {
    if (media && !(await exists(deps.libraryFile(media.file))))
      throw new AppError(
        'not_found',
        `${id} holds “${media.file}”, which is not in the library any more. Eject it or choose another.`,
      );
  }
  await requireSpace(machine.folder, 0, 'starting a VM');
}

/** The firmware's code, and this VM's own copy of its variables. */
async function prepareUefi(machine: Machine, host: QemuHost): Promise<string> {
  if (!host.uefi)
    throw new AppError(
      'host_missing',
      'This VM boots with UEFI, and the host has no UEFI firmware. Install the package ovmf.',
    );
  const nvram = join(machine.folder, 'nvram.fd');
  if (!(await exists(nvram))) {
    await copyFile(host.uefi.vars, nvram);
    await chmod(nvram, 0o600);
    const { runAs } = machine.context;
    if (runAs) await chown(nvram, runAs.uid, runAs.gid);
  }
  return host.uefi.code;
}

function throwIfAborted(operation: Operation): void {
  if (operation.abort.signal.aborted) throw new AppError('wrong_state', 'The start was interrupted.');
}

async function exists(file: string): Promise<boolean> {
  return Boolean(await stat(file).catch(() => null));
}
