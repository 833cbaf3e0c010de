/**
 * Which accelerators really work. /dev/kvm may exist, open, and still abort or crawl, and QEMU's own lists only
 * tell what was compiled in. So a guest of nine bytes is run on each:
 *
 *   firmware ─▶ boot sector ─▶ writes 0x10 to isa-debug-exit ─▶ QEMU exits with (0x10 << 1) | 1 = 33
 *
 * It goes through the firmware on purpose: that is where a crawling KVM shows.
 */
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AcceleratorVerdict } from '../shared/host';
import { describeExit } from './launch-error';
import { asUser, qemuUserName, type RunAs } from './run-as';
import { runTool, type ToolResult } from './run-tool';

const PROBE_EXIT_CODE = 33;
/** A KVM that takes longer is slower than TCG. */
const PROBE_TIMEOUT_MS = 2_500;
/** TCG is what is left: it only has to work, however busy the host is. */
const TCG_TIMEOUT_MS = 20_000;
/** mov dx,0x501; mov al,0x10; out dx,al; hlt; jmp $-1 */
const PROBE_CODE = 'ba0105b010eef4ebfd';

/**
 * Runs the probe guest on each accelerator.
 *
 * @param runAs the user that VMs run as, whose rights decide
 */
export async function probeAccelerators(qemuPath: string, runAs: RunAs | null): Promise<AcceleratorVerdict[]> {
  const folder = await mkdtemp(join(tmpdir(), 'skep-probe-'));
  try {
    await chmod(folder, 0o711);
    const image = join(folder, 'probe.img');
    await writeFile(image, probeSector(), { mode: 0o644 });
    await chmod(image, 0o644);
    return await Promise.all([probeKvm(qemuPath, image, runAs), probeTcg(qemuPath, image, runAs)]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first that works; TCG is what is left when none does. */
export function bestAccelerator(verdicts: readonly AcceleratorVerdict[]): 'kvm' | 'tcg' {
  return verdicts.find((verdict) => verdict.works)?.name ?? 'tcg';
}

async function probeTcg(qemuPath: string, image: string, runAs: RunAs | null): Promise<AcceleratorVerdict> {
  const result = await runProbe(qemuPath, image, runAs, 'tcg', 'max');
  if (result.code === PROBE_EXIT_CODE) return working('tcg', result);
  const reason = `The probe guest did not run. ${howItEnded(result)}`;
  return failing('tcg', result, reason, 'Install QEMU again.');
}

async function probeKvm(qemuPath: string, image: string, runAs: RunAs | null): Promise<AcceleratorVerdict> {
  if (!(await stat('/dev/kvm').catch(() => null))) {
    const reason = 'This host has no /dev/kvm.';
    return { name: 'kvm', works: false, probeMs: null, reason, fix: await fixForMissingDevice(), details: null };
  }
  return kvmVerdict(await runProbe(qemuPath, image, runAs, 'kvm', 'host'), await fixForPermission(runAs));
}

/** Reads what the probe on KVM gave. `permissionFix` is what would give QEMU's user the right to /dev/kvm. */
export function kvmVerdict(result: ToolResult, permissionFix: string): AcceleratorVerdict {
  if (result.code === PROBE_EXIT_CODE) return working('kvm', result);
  if (/Permission denied/.test(result.stderr))
    return failing('kvm', result, 'QEMU’s user has no right to open /dev/kvm.', permissionFix);
  if (/invalid accelerator/.test(result.stderr))
    return failing('kvm', result, 'This QEMU was built without KVM.', 'Install the QEMU of your distribution.');
  const nested =
    'If this host is a VM itself, its own host must offer nested virtualisation fully; KVM works on real hardware.';
  if (result.timedOut)
    return failing(
      'kvm',
      result,
      `KVM starts, but crawls: the probe guest was not done after ${PROBE_TIMEOUT_MS} ms.`,
      nested,
    );
  return failing('kvm', result, `The probe guest did not run on KVM. ${howItEnded(result)}`, nested);
}

function runProbe(qemuPath: string, image: string, runAs: RunAs | null, accelerator: string, cpu: string) {
  const drive = { driver: 'raw', 'node-name': 'probe', 'read-only': true, file: { driver: 'file', filename: image } };
  const argv = [
    ...['-machine', 'pc', '-accel', accelerator, '-cpu', cpu, '-m', '16', '-nodefaults', '-no-user-config'],
    ...['-sandbox', 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'],
    ...['-display', 'none', '-no-reboot', '-device', 'isa-debug-exit,iobase=0x501,iosize=4'],
    ...['-blockdev', JSON.stringify(drive), '-device', 'floppy,drive=probe'],
  ];
  const command = ['prlimit', '--core=0', '--', ...asUser(runAs, [qemuPath, ...argv])];
  return runTool(command, { timeoutMs: accelerator === 'tcg' ? TCG_TIMEOUT_MS : PROBE_TIMEOUT_MS });
}

function probeSector(): Buffer {
  const sector = Buffer.alloc(512);
  sector.write(PROBE_CODE, 'hex');
  sector.writeUInt16LE(0xaa55, 510);
  return sector;
}

function working(name: 'kvm' | 'tcg', { elapsedMs }: ToolResult): AcceleratorVerdict {
  const reason = `A probe guest ran on it in ${elapsedMs} ms.`;
  return { name, works: true, probeMs: elapsedMs, reason, fix: null, details: null };
}

function failing(name: 'kvm' | 'tcg', result: ToolResult, reason: string, fix: string): AcceleratorVerdict {
  const details = result.stderr.trim().split('\n').slice(0, 5).join('\n') || null;
  return { name, works: false, probeMs: result.elapsedMs, reason, fix, details };
}

function howItEnded(result: ToolResult): string {
  const firstLine = result.stderr.trim().split('\n')[0];
  if (firstLine) return `QEMU said: ${firstLine.slice(0, 300)}`;
  return result.timedOut ? 'It was not done in time.' : describeExit(result);
}

async function fixForMissingDevice(): Promise<string> {
  const cpu = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  if (/^flags\s*:.*\bvmx\b/m.test(cpu)) return 'Load the kernel module: modprobe kvm_intel.';
  if (/^flags\s*:.*\bsvm\b/m.test(cpu)) return 'Load the kernel module: modprobe kvm_amd.';
  return 'Turn on virtualisation (VT-x or AMD-V) in the host’s firmware set-up. If this host is a VM itself, its own host must offer nested virtualisation.';
}

async function fixForPermission(runAs: RunAs | null): Promise<string> {
  const user = qemuUserName(runAs);
  const { mode, gid } = await stat('/dev/kvm');
  const group = await groupName(gid);
  const again = runAs ? '' : ', and sign in again';
  const mayGroup = (mode & 0o060) === 0o060 && gid !== 0 && group !== null;
  if (mayGroup) return `Run as root: usermod -aG ${group} ${user}${again}.`;
  return `Run as root: chgrp kvm /dev/kvm; chmod 660 /dev/kvm; usermod -aG kvm ${user}${again}.`;
}

async function groupName(gid: number): Promise<string | null> {
  const lines = (await readFile('/etc/group', 'utf8').catch(() => '')).split('\n');
  return lines.map((line) => line.split(':')).find((fields) => fields[2] === String(gid))?.[0] ?? null;
}
