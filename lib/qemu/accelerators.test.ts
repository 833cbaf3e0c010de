import { describe, expect, it } from 'vitest';
import { bestAccelerator, kvmVerdict } from './accelerators';
import { newestMachine } from './host';
import type { ToolResult } from './run-tool';

const result = (more: Partial<ToolResult>): ToolResult => ({
  ...{ code: 1, signal: null, stdout: '', stderr: '', timedOut: false, elapsedMs: 40 },
  ...more,
});

describe('kvmVerdict', () => {
  it('counts only the exit code of the probe guest', () => {
    expect(kvmVerdict(result({ code: 33 }), 'fix')).toMatchObject({ works: true, probeMs: 40, fix: null });
    expect(kvmVerdict(result({ code: 0 }), 'fix').works).toBe(false);
  });

  it('tells rights, abort, crawl and a QEMU without KVM apart', () => {
    const denied = result({ stderr: 'Could not access KVM kernel module: Permission denied\n' });
    expect(kvmVerdict(denied, 'usermod …')).toMatchObject({ works: false, fix: 'usermod …' });
    const abort = result({ code: null, signal: 'SIGABRT', stderr: 'error: failed to set MSR 0x10a to 0x69\nmore' });
    expect(kvmVerdict(abort, '').reason).toContain('failed to set MSR 0x10a to 0x69');
    const crawl = result({ code: null, signal: 'SIGKILL', timedOut: true });
    expect(kvmVerdict(crawl, '').reason).toContain('crawls');
    expect(kvmVerdict(result({ stderr: 'invalid accelerator kvm' }), '').reason).toContain('without KVM');
    expect(kvmVerdict(result({ code: null, signal: 'SIGILL' }), '').reason).toContain('SIGILL');
  });
});

describe('bestAccelerator', () => {
  const verdict = (name: 'kvm' | 'tcg', works: boolean) => ({
    name,
    works,
    probeMs: 1,
    reason: '',
    fix: null,
    details: null,
  });
  it('takes the first that works', () => {
    expect(bestAccelerator([verdict('kvm', true), verdict('tcg', true)])).toBe('kvm');
    expect(bestAccelerator([verdict('kvm', false), verdict('tcg', true)])).toBe('tcg');
    expect(bestAccelerator([])).toBe('tcg');
  });
});

describe('newestMachine', () => {
  const help = `Supported machines are:
pc                   Standard PC (i440FX + PIIX, 1996) (alias of pc-i440fx-jammy)
pc-i440fx-jammy      Ubuntu 22.04 PC (default)
pc-i440fx-10.0       Standard PC
pc-i440fx-9.2        Standard PC
pc-q35-2.4           Standard PC (deprecated)
`;
  it('takes the highest number, and no machine of a distribution', () => {
    expect(newestMachine(help, 'pc-i440fx')).toBe('10.0');
    expect(newestMachine(help, 'pc-q35')).toBeNull();
  });
});
