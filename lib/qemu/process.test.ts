import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bootId, findQemu, isOurQemu, killIfSame, processUsage, readProcess } from './process';

const UUID = '0b0f1a52-5e4e-4d1c-8f55-7a3f6d1c0001';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync('/tmp/skp-');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('readProcess', () => {
  it('knows this process', () => {
    const own = readProcess(process.pid);
    expect(own?.startTimeTicks).toBeGreaterThan(0);
    expect(own?.argv[0]).toContain('node');
    expect(readProcess(process.pid)?.startTimeTicks).toBe(own?.startTimeTicks);
    expect(processUsage(process.pid)?.residentBytes).toBeGreaterThan(10 * 1024 ** 2);
    expect(bootId()).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('finds nobody where nobody is', () => {
    expect(readProcess(2 ** 22 + 1)).toBeNull();
    expect(readProcess(-1)).toBeNull();
    expect(processUsage(2 ** 22 + 1)).toBeNull();
  });

  it('takes a zombie for dead', async () => {
    // The shell starts a child that ends, and does not ask how: it becomes sleep.
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const zombie = Number(line.toString());
    await expect.poll(() => readProcess(zombie)).toBeNull();
    expect(() => process.kill(zombie, 0)).not.toThrow();
    parent.kill();
    await once(parent, 'exit');
  });
});

describe('a pid that belongs to somebody else', () => {
  it('is never taken for our QEMU, and gets no signal', async () => {
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    await once(stranger, 'spawn');
    const pid = stranger.pid ?? 0;
    writeFileSync(join(folder, 'pid'), `${pid}\n`);
    expect(findQemu(folder, UUID)).toBeNull();
    expect(isOurQemu(pid, UUID)).toBe(false);
    const { startTimeTicks } = readProcess(pid) ?? { startTimeTicks: 0 };
    for (let i = 0; i < 1000; i++) expect(killIfSame({ pid, startTimeTicks, uuid: UUID }, 'SIGKILL')).toBe(false);
    expect(readProcess(pid)?.startTimeTicks).toBe(startTimeTicks);
    stranger.kill();
    await once(stranger, 'exit');
  });

  it.each(['', 'x', '-1', '0', '1', '1e9', '99999999999999999999'])('is not read from a pid file with %j', (text) => {
    writeFileSync(join(folder, 'pid'), text);
    expect(findQemu(folder, UUID)).toBeNull();
  });
});
