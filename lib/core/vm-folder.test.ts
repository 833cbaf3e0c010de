import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HALF_MADE, retireFolder, sweepFolders } from './vm-folder';

let vms: string;
beforeEach(() => {
  vms = mkdtempSync(join(tmpdir(), 'skep-vms-'));
});
afterEach(() => rmSync(vms, { recursive: true, force: true }));

function folder(name: string, ...files: string[]): void {
  mkdirSync(join(vms, name));
  for (const file of files) writeFileSync(join(vms, name, file), '');
}

it('removes what was cut short and nothing else', async () => {
  folder('known', 'disk0.qcow2', 'disk1.qcow2.part');
  folder('half', HALF_MADE, 'disk0.qcow2');
  folder('stranger', 'disk0.qcow2');
  folder('gone', 'disk0.qcow2');
  await retireFolder(vms, 'gone');
  await sweepFolders(vms, new Set(['known']));
  expect(readdirSync(vms)).toEqual(['known', 'stranger']);
  expect(readdirSync(join(vms, 'known'))).toEqual(['disk0.qcow2']);
  expect(readdirSync(join(vms, 'stranger'))).toEqual(['disk0.qcow2']);
});

it('retires a VM that has no folder', async () => {
  await expect(retireFolder(vms, 'never-made')).resolves.toContain('never-made');
});
