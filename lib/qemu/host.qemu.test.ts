import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probeHost } from './host';
import { QemuLab } from './testing/real-qemu';

let lab: QemuLab;
beforeEach(() => {
  lab = new QemuLab();
});
afterEach(() => lab.close());

/** A program in place of QEMU, in a folder for SKEP_QEMU_DIR. */
function standIn(script: string): string {
  const folder = lab.folder('bin');
  chmodSync(folder, 0o755);
  for (const name of ['qemu-system-x86_64', 'qemu-img']) writeFileSync(join(folder, name), script, { mode: 0o755 });
  return folder;
}

/** Answers what is asked at set-up and runs the given shell line as probe guest. */
function fakeQemu(probe: string): string {
  return standIn(`#!/bin/sh
case "$*" in
  --version) echo "QEMU emulator version 8.2.4 (Fake)";;
  *"-machine help") echo "pc-q35-8.2           Standard PC";;
  *) ${probe};;
esac
`);
}

describe('probeHost', () => {
  it('tells what this host has, from what really ran', async () => {
    const host = await probeHost({ runAs: lab.runAs });
    expect(host.fullVersion).toMatch(/^\d+\.\d+\.\d+$/);
    expect(host.fullVersion.startsWith(`${host.version}.`)).toBe(true);
    expect(host.machineVersions).toEqual({ q35: host.version, pc: host.version });
    expect(host.qemuPath).toMatch(/^\/.*qemu-system-x86_64$/);
    const tcg = host.accelerators.find((a) => a.name === 'tcg');
    expect(tcg).toMatchObject({ works: true, fix: null });
    const kvm = host.accelerators.find((a) => a.name === 'kvm');
    expect(kvm?.reason).toMatch(/\.$/);
    expect(host.accelerator).toBe(kvm?.works ? 'kvm' : 'tcg');
    if (!kvm?.works) expect(kvm?.fix).toBeTruthy();
    expect(statSync(host.uefi?.code ?? '').isFile()).toBe(true);
    expect(statSync(host.uefi?.vars ?? '').isFile()).toBe(true);
  });

  it('keeps the result until the program changes, and forgets it on demand', async () => {
    const cacheFile = join(lab.root, 'host.json');
    const counter = lab.file('count', '');
    const options = { runAs: lab.runAs, cacheFile, qemuDir: fakeQemu(`echo x >> '${counter}'; exit 33`) };
    const probes = () => readFileSync(counter, 'utf8').length / 2;
    chmodSync(join(lab.root, 'files'), 0o711);
    const first = await probeHost(options);
    const afterFirst = probes();
    expect(afterFirst).toBeGreaterThanOrEqual(1);
    expect(await probeHost(options)).toEqual(first);
    expect(probes()).toBe(afterFirst);
    expect(statSync(cacheFile).mode & 0o077).toBe(0);
    await probeHost({ ...options, fresh: true });
    expect(probes()).toBe(2 * afterFirst);
    fakeQemu(`echo x >> '${counter}'; exit 33 # changed`);
    await probeHost(options);
    expect(probes()).toBe(3 * afterFirst);
  });

  it('probes again when the cache is no JSON', async () => {
    const cacheFile = lab.file('host.json', '{"key":');
    const host = await probeHost({ runAs: lab.runAs, cacheFile, qemuDir: fakeQemu('exit 33') });
    expect(host).toMatchObject({ version: '8.2', machineVersions: { q35: '8.2', pc: null } });
    expect(JSON.parse(readFileSync(cacheFile, 'utf8'))).toHaveProperty('probed');
  });

  it('shows the first words of a QEMU that aborts', async () => {
    const qemuDir = fakeQemu('echo "error: failed to set MSR 0x10a" >&2; kill -ABRT $$');
    const host = await probeHost({ runAs: lab.runAs, qemuDir });
    expect(host.accelerator).toBe('tcg');
    expect(host.accelerators.every((a) => !a.works)).toBe(true);
    expect(host.accelerators.find((a) => a.name === 'tcg')?.reason).toContain('failed to set MSR 0x10a');
  });

  it('says where QEMU is missing, and which is too old', async () => {
    await expect(probeHost({ runAs: null, qemuDir: '/nowhere' })).rejects.toMatchObject({
      code: 'host_missing',
      message: expect.stringContaining('/nowhere') as string,
    });
    const qemuDir = standIn('#!/bin/sh\necho QEMU emulator version 6.2.0\n');
    await expect(probeHost({ runAs: lab.runAs, qemuDir })).rejects.toThrow(/needs QEMU 7.2 or newer.*6\.2\.0/);
  });
});
