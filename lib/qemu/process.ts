/**
 * Who a process is, from /proc. A pid alone proves nothing, because pids are used again: a QEMU is recognised by
 * its program and the VM's UUID in its arguments, and stays the same as long as its start time does.
 *
 * Source: proc(5). Reads are synchronous: /proc is memory, and a signal must follow its check at once.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { RUN_FILES } from './run-files';

export interface ProcessInfo {
  pid: number;
  /** Clock ticks from the host's boot to the start of the process: with the pid, its identity. */
  startTimeTicks: number;
  argv: string[];
  /** The kernel's letter: R, S, D, T (stopped by a signal), … */
  state: string;
}

/** The identity of a QEMU, as it is remembered between looking and acting. */
export interface ProcessIdentity {
  pid: number;
  startTimeTicks: number;
  uuid: string;
}

/** A living process, or null when there is none. A zombie is dead. */
export function readProcess(pid: number): ProcessInfo | null {
  const stat = readStat(pid);
  if (!stat || stat.state === 'Z' || stat.state === 'X') return null;
  const cmdline = readProc(pid, 'cmdline');
  if (cmdline === null) return null;
  const argv = cmdline.split('\0');
  argv.pop();
  return { pid, startTimeTicks: stat.startTimeTicks, argv, state: stat.state };
}

/** True when the process lives, is a QEMU, and runs the VM with this UUID. */
export function isOurQemu(pid: number, uuid: string): boolean {
  const found = readProcess(pid);
  return found !== null && isQemuOf(found.argv, uuid);
}

/** Finds the QEMU of a VM by the pid file in a run directory. Null when it does not live, or is another's. */
export function findQemu(runDir: string, uuid: string): ProcessInfo | null {
  const pid = readPidFile(join(runDir, RUN_FILES.pid));
  if (pid === null) return null;
  const found = readProcess(pid);
  return found && isQemuOf(found.argv, uuid) ? found : null;
}

/**
 * Sends a signal to a QEMU if it still is the same process.
 *
 * @returns false when it is gone or somebody else has its pid; nothing is sent then
 */
export function killIfSame(who: ProcessIdentity, signal: NodeJS.Signals): boolean {
  const now = readProcess(who.pid);
  if (now?.startTimeTicks !== who.startTimeTicks || !isQemuOf(now.argv, who.uuid)) return false;
  try {
    process.kill(who.pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** What a process has used: CPU time in clock ticks (100 a second) since its start, and memory in RAM now. */
export function processUsage(pid: number): { cpuTicks: number; residentBytes: number } | null {
  const stat = readStat(pid);
  const residentKib = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, 'status') ?? '')?.[1];
  if (!stat || residentKib === undefined) return null;
  return { cpuTicks: stat.cpuTicks, residentBytes: Number(residentKib) * 1024 };
}

/** Changes with each boot of the host: pids and start times of another boot mean nothing. */
export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function isQemuOf(argv: string[], uuid: string): boolean {
  if (!basename(argv[0] ?? '').startsWith('qemu-system')) return false;
  const at = argv.indexOf('-uuid');
  return at > 0 && argv[at + 1] === uuid;
}

function readPidFile(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8').slice(0, 32).trim());
    return Number.isSafeInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

/** The fields of /proc/PID/stat that matter. The program's name stands in parentheses and may hold any character. */
function readStat(pid: number): { state: string; cpuTicks: number; startTimeTicks: number } | null {
  const text = readProc(pid, 'stat');
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // proc(5) counts from 1 and the state is field 3: utime is 14, stime 15, starttime 22.
  const field = (number: number) => Number(fields[number - 3]);
  return { state: fields[0] ?? 'X', cpuTicks: field(14) + field(15), startTimeTicks: field(22) };
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}
