/** Real QEMUs for tests: a folder of their own under /tmp, started as the product starts them, ended afterwards. */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildArgv, type ArgvInput } from '../argv';
import { launch, type LaunchedQemu } from '../launch';
import { killIfSame, readProcess } from '../process';
import { lookUpRunAs } from '../run-as';
import { vmSpec, type VmSpec } from '../../shared/vm';
import { buildCase, CASE_UUID, readCase } from './argv-cases';

export const QEMU = '/usr/bin/qemu-system-x86_64';

/** Boot sectors, as hexadecimal code; see `bootSector`. */
export const GUESTS = {
  /** hlt, for ever. */
  idle: 'f4ebfd',
  /** Prints to the first serial port and counts at 0x7000. */
  serialFlood: '31c08ed866c706007000000000bafd03eca82074fbbaf803b041ee66ff060070ebeb',
  /** Sends 0, 1, 2, … 255, 0, … to the first serial port. */
  serialCounter: '31c08ed866c706007000000000bafd03eca82074fbbaf803a00070ee66ff060070ebea',
  /** Writes 1 to the port of pvpanic. */
  panic: 'ba0505b001eef4ebfd',
  /** Writes SLP_EN to the ACPI control port: off. */
  powerOff: 'ba0406b80020eff4ebfd',
} as const;

/** A bootable disk of 1 MiB whose first sector runs the code. */
export function bootSector(code: string): Buffer {
  const disk = Buffer.alloc(1024 * 1024);
  disk.write(code, 'hex');
  disk.writeUInt16LE(0xaa55, 510);
  return disk;
}

export interface StartOptions {
  argv?: string[];
  /** A golden case to start with other devices, firmware, … */
  spec?: Partial<VmSpec>;
  accelerator?: ArgvInput['accelerator'];
  incoming?: boolean;
  file?: string;
}

export class QemuLab {
  readonly runAs = lookUpRunAs();
  readonly root = mkdtempSync('/tmp/skq-');
  readonly logFile = join(this.root, 'qemu.log');
  readonly started: LaunchedQemu[] = [];
  private runs = 0;

  constructor() {
    // QEMU's user passes through, and cannot look around.
    chmodSync(this.root, 0o711);
    this.folder('files');
  }

  /** A directory that belongs to the user QEMU runs as. */
  folder(name: string): string {
    const path = join(this.root, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    this.give(path);
    return path;
  }

  /** A file for QEMU. Any file name is fine. */
  file(name: string, content: Buffer | string): string {
    const path = join(this.root, 'files', name);
    writeFileSync(path, content, { mode: 0o600 });
    this.give(path);
    return path;
  }

  give(path: string): void {
    if (this.runAs) chownSync(path, this.runAs.uid, this.runAs.gid);
  }

  newRunDir(): string {
    return this.folder(`r${this.runs++}`);
  }

  paths(): ArgvInput['paths'] {
    const file = (name: string) => join(this.root, 'files', name);
    return { diskFile: file, libraryFile: file, nvram: file('nvram.fd'), uefiCode: '/usr/share/OVMF/OVMF_CODE_4M.fd' };
  }

  argv({ spec = {}, accelerator = 'tcg', incoming = false }: StartOptions = {}): string[] {
    const full = vmSpec.parse({ ...vmSpec.parse(readCase('minimal').spec), ...spec });
    const input = { id: CASE_UUID, name: 'lab', spec: full, accelerator, hostQemuVersion: '7.2', incoming };
    return buildArgv({ ...input, paths: this.paths() });
  }

  /** Starts one and returns it with its run directory. */
  async start(options: StartOptions = {}): Promise<LaunchedQemu & { runDir: string }> {
    const runDir = this.newRunDir();
    const argv = options.argv ?? this.argv(options);
    const { logFile, runAs } = this;
    const qemu = await launch({ file: options.file ?? QEMU, argv, runDir, logFile, runAs });
    this.started.push(qemu);
    return { ...qemu, runDir };
  }

  /** The argv of a golden case, on files of this lab. */
  goldenArgv(name: string): string[] {
    return buildCase(readCase(name), this.paths());
  }

  log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  /** Ends what was started and removes the folder. */
  async close(): Promise<void> {
    for (const { pid, startTimeTicks, qmp, exited } of this.started) {
      qmp.close();
      if (killIfSame({ pid, startTimeTicks, uuid: CASE_UUID }, 'SIGKILL')) await exited;
      if (readProcess(pid)?.startTimeTicks === startTimeTicks) throw new Error(`QEMU ${pid} would not die`);
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}
