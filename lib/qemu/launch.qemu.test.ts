import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '../shared/errors';
import { launch } from './launch';
import { findQemu, isOurQemu, killIfSame, processUsage, readProcess } from './process';
import { QmpClient } from './qmp';
import { queryStatus, quit } from './qmp-commands';
import { RUN_FILES } from './run-files';
import { CASE_UUID } from './testing/argv-cases';
import { bootSector, GUESTS, QEMU, QemuLab } from './testing/real-qemu';

let lab: QemuLab;
beforeEach(() => {
  lab = new QemuLab();
});
afterEach(() => lab.close());

/** Starts what must not start; the error and how long it took. */
async function failure(argv: string[], file?: string): Promise<{ error: AppError; elapsedMs: number }> {
  const begin = performance.now();
  const error = await lab.start({ argv, ...(file ? { file } : {}) }).then(
    () => Promise.reject(new Error('it started')),
    (e: AppError) => e,
  );
  return { error, elapsedMs: performance.now() - begin };
}

function procStatus(pid: number, field: string): string {
  return new RegExp(`^${field}:\\s+(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
}

describe('launch', () => {
  it('starts a paused guest in a sandbox, without rights, as nobody who matters', async () => {
    const { pid, qmp, runDir } = await lab.start();
    expect(await queryStatus(qmp)).toEqual({ status: 'prelaunch', running: false });
    expect(procStatus(pid, 'Seccomp')).toBe('2');
    expect(procStatus(pid, 'NoNewPrivs')).toBe('1');
    expect(procStatus(pid, 'CapEff')).toMatch(/^0+$/);
    expect(procStatus(pid, 'CapBnd')).toMatch(lab.runAs ? /^0+$/ : /./);
    expect(procStatus(pid, 'Uid').split('\t')).not.toContain('0');
    expect(procStatus(pid, 'Gid').split('\t')).not.toContain('0');
    expect(readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8').trim()).toBe('200');
    const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
    expect(limits).toMatch(/Max core file size\s+0\s+0/);
    expect(limits).toMatch(/Max open files\s+4096\s+4096/);
    expect(findQemu(runDir, CASE_UUID)?.pid).toBe(pid);
  });

  it('gives QEMU a clean environment, and its run directory as home and as place to work', async () => {
    const { pid, runDir } = await lab.start();
    const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .map((pair) => pair.split('=')[0]);
    expect(names.filter(Boolean).sort()).toEqual([
      'HOME',
      'LC_ALL',
      'PATH',
      'XDG_CACHE_HOME',
      'XDG_CONFIG_HOME',
      'XDG_DATA_HOME',
      'XDG_RUNTIME_DIR',
    ]);
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toContain(`HOME=${runDir}`);
  });

  it('makes sockets that nobody else can open, and listens on no port', async () => {
    const { pid, runDir } = await lab.start({ argv: lab.goldenArgv('std-video-tablet') });
    for (const name of [RUN_FILES.qmp, RUN_FILES.rescue, RUN_FILES.vnc]) {
      const info = statSync(join(runDir, name));
      expect(info.isSocket()).toBe(true);
      expect(info.mode & 0o077, name).toBe(0);
    }
    expect(statSync(join(runDir, RUN_FILES.pid)).mode & 0o077).toBe(0);
    expect(statSync(lab.logFile).mode & 0o077).toBe(0);
    // State 0A is LISTEN; a process of its own network use would show up in its tables by inode.
    const inodes = socketInodes(pid);
    const tcp = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((f) =>
      readFileSync(`/proc/${pid}/net/${f}`, 'utf8').split('\n'),
    );
    expect(tcp.filter((line) => inodes.has(line.trim().split(/\s+/)[9] ?? '-'))).toEqual([]);
  });

  it('answers on the rescue monitor while the first is held', async () => {
    const { runDir } = await lab.start();
    const rescue = await QmpClient.connect(join(runDir, RUN_FILES.rescue));
    expect((await queryStatus(rescue)).status).toBe('prelaunch');
    rescue.close();
    await expect(QmpClient.connect(join(runDir, RUN_FILES.qmp), { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'qemu_unreachable',
    });
  });

  it('reports the end with its exit code, and with its signal', async () => {
    const first = await lab.start();
    await quit(first.qmp);
    expect(await first.exited).toEqual({ code: 0, signal: null });
    const second = await lab.start();
    expect(killIfSame({ ...second, uuid: CASE_UUID }, 'SIGKILL')).toBe(true);
    expect(await second.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(readProcess(second.pid)).toBeNull();
  });

  it('can be ended while it hangs', async () => {
    const { pid, startTimeTicks, qmp, exited, runDir } = await lab.start();
    process.kill(pid, 'SIGSTOP');
    await expect(qmp.run('query-status', undefined, { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'qemu_unreachable',
    });
    const rescue = QmpClient.connect(join(runDir, RUN_FILES.rescue), { timeoutMs: 100 });
    await expect(rescue).rejects.toMatchObject({ code: 'qemu_unreachable' });
    expect(readProcess(pid)?.state).toBe('T');
    expect(killIfSame({ pid, startTimeTicks, uuid: CASE_UUID }, 'SIGKILL')).toBe(true);
    expect(await exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('kills nobody who only has the pid', async () => {
    const { pid, startTimeTicks } = await lab.start();
    expect(killIfSame({ pid, startTimeTicks: startTimeTicks + 1, uuid: CASE_UUID }, 'SIGKILL')).toBe(false);
    expect(killIfSame({ pid, startTimeTicks, uuid: '00000000-0000-0000-0000-000000000000' }, 'SIGKILL')).toBe(false);
    expect(isOurQemu(pid, CASE_UUID)).toBe(true);
    expect(processUsage(pid)?.residentBytes).toBeGreaterThan(1024 * 1024);
  });

  it('lives on when the process that started it dies of a signal to its group', async () => {
    const runDir = lab.newRunDir();
    const input = { file: QEMU, argv: lab.argv(), runDir, logFile: lab.logFile, runAs: lab.runAs };
    const args = [lab.file('parent.mjs', parentProgram()), JSON.stringify(input)];
    const parent = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    process.kill(-(parent.pid ?? 0), 'SIGKILL');
    await once(parent, 'exit');
    expect(findQemu(runDir, CASE_UUID)?.pid).toBe(Number(line.toString()));
    const qmp = await QmpClient.connect(join(runDir, RUN_FILES.qmp));
    expect((await queryStatus(qmp)).status).toBe('prelaunch');
    const closed = once(qmp, 'close');
    await quit(qmp);
    await closed;
  });
});

describe('launch of what cannot start', () => {
  const cases: [string, () => string[], RegExp, RegExp][] = [
    [
      'a missing disk',
      () => [...lab.argv(), ...disk('/nowhere/d.qcow2')],
      /The file \/nowhere\/d.qcow2 is missing/,
      /No such file/,
    ],
    [
      'a disk of root',
      () => [...lab.argv(), ...disk('/etc/shadow')],
      /may not open \/etc\/shadow/,
      /Permission denied/,
    ],
    ['an unknown device', () => [...lab.argv(), '-device', 'flux-capacitor'], /exit code 1/, /flux-capacitor/],
    [
      'a wrong format',
      () => [...lab.argv(), ...disk(lab.file('d', bootSector(GUESTS.idle)))],
      /not a qcow2 image/,
      /qcow2 format/,
    ],
    ['too much memory', () => withMemory(lab.argv(), 100_000_000), /too little free memory/, /guest memory/],
    [
      'an unknown machine',
      () => lab.argv().map((a) => a.replace('pc-q35-7.2', 'pc-q35-99.0')),
      /machine type/,
      /unsupported machine type/,
    ],
  ];

  it.each(cases)('%s: says why, in time', async (_name, argv, sentence, details) => {
    const { error, elapsedMs } = await failure(argv());
    expect(error.code).toBe('qemu_failed');
    expect(error.message).toMatch(sentence);
    expect(error.details).toMatch(details);
    expect(elapsedMs).toBeLessThan(2_000);
  });

  it('a port in use: names the port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const nic = `{"type":"user","id":"n","hostfwd":[{"str":"tcp:127.0.0.1:${port}-:22"}]}`;
    const { error } = await failure([...lab.argv(), '-netdev', nic]);
    server.close();
    expect(error.message).toContain(`host port 127.0.0.1:${port} is in use`);
  });

  it('a disk that another VM has: says so', async () => {
    const file = lab.file('disk0.raw', bootSector(GUESTS.idle));
    const node = { driver: 'raw', 'node-name': 'd', file: { driver: 'file', filename: file, locking: 'on' } };
    const argv = [...lab.argv(), '-blockdev', JSON.stringify(node), '-device', 'virtio-blk-pci,drive=d'];
    await lab.start({ argv });
    const { error } = await failure(argv);
    expect(error.message).toContain('in use by another VM');
  });

  it('a run directory that is in use: leaves its QEMU alone', async () => {
    const { runDir, qmp } = await lab.start();
    const input = { file: QEMU, argv: lab.argv(), runDir, logFile: lab.logFile, runAs: lab.runAs };
    await expect(launch(input)).rejects.toMatchObject({ code: 'wrong_state' });
    expect((await queryStatus(qmp)).status).toBe('prelaunch');
  });

  it('a missing program: says which', async () => {
    const { error } = await failure(lab.argv(), '/nowhere/qemu-system-x86_64');
    expect(error.message).toContain('/nowhere/qemu-system-x86_64 is missing');
  });

  it('shows the words of this start only', async () => {
    await failure([...lab.argv(), '-device', 'first-mistake']);
    const { error } = await failure([...lab.argv(), '-device', 'second-mistake']);
    expect(error.details).toContain('second-mistake');
    expect(error.details).not.toContain('first-mistake');
    expect(lab.log()).toContain('first-mistake');
  });

  it('refuses to run as root, and run directories whose sockets could not be reached', async () => {
    const input = { file: QEMU, argv: [], runDir: lab.newRunDir(), logFile: lab.logFile };
    await expect(launch({ ...input, runAs: { user: 'root', uid: 0, gid: 0 } })).rejects.toThrow(/never runs as root/);
    if (process.getuid?.() === 0) await expect(launch({ ...input, runAs: null })).rejects.toThrow(/never runs as root/);
    const runDir = `/tmp/${'x'.repeat(100)}`;
    await expect(launch({ ...input, runDir, runAs: lab.runAs ?? null })).rejects.toThrow(/bytes shorter/);
  });
});

function disk(filename: string): string[] {
  return ['-blockdev', JSON.stringify({ driver: 'qcow2', 'node-name': 'd', file: { driver: 'file', filename } })];
}

function withMemory(argv: string[], mib: number): string[] {
  return argv.map((arg) => (arg.startsWith('size=') ? `size=${mib}M` : arg));
}

/** A program that launches as its argument says, prints the pid, and waits. */
function parentProgram(): string {
  const contents = `import { launch } from './launch';
    const qemu = await launch(JSON.parse(process.argv[2]));
    console.log(qemu.pid);`;
  const built = buildSync({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    ...{ bundle: true, platform: 'node', format: 'esm', write: false },
  });
  return built.outputFiles[0]?.text ?? '';
}

/** The sockets that a process holds, as the inode numbers of /proc/net. */
function socketInodes(pid: number): Set<string> {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}
