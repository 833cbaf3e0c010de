import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { devicesOf } from '../shared/device';
import type { VmSpecDraft } from '../shared/vm';
import type { RunningVmm } from './create-vmm';
import {
  ACTOR,
  bareSpec,
  createInput,
  diskSpec,
  POWER_OFF_ON_INPUT,
  TestHome,
  until,
  untilStatus,
} from './testing/kit';

let home: TestHome;
let core: RunningVmm;
beforeEach(async () => {
  home = new TestHome();
  core = await home.open();
});
afterEach(() => home.destroy());

const blank = (id: string, sizeBytes = 1024 ** 2) => ({
  kind: 'disk' as const,
  id,
  bus: 'ide' as const,
  format: 'qcow2' as const,
  source: { kind: 'blank' as const, sizeBytes },
});
const withDevices = (...devices: VmSpecDraft['devices']) => bareSpec({ devices });
const folderOf = (id: string) => join(core.home.vms, id);

describe('create', () => {
  it('makes the disks and pins the machine’s version', async () => {
    const vm = await core.vms.create(ACTOR, createInput('alpha', withDevices(blank('disk0', 10 * 1024 ** 3)), false));
    expect(vm.status).toBe('stopped');
    expect(vm.spec.machine.version).toMatch(/^\d+\.\d+$/);
    expect(vm.disks).toEqual([
      {
        file: 'disk0.qcow2',
        deviceId: 'disk0',
        format: 'qcow2',
        virtualBytes: 10 * 1024 ** 3,
        allocatedBytes: expect.any(Number),
      },
    ]);
    expect(statSync(join(folderOf(vm.id), 'disk0.qcow2')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folderOf(vm.id))).toEqual(['disk0.qcow2']);
  });

  it('copies an image of the library', async () => {
    await home.addImage(core, 'off.img', POWER_OFF_ON_INPUT);
    await core.vms.create(ACTOR, createInput('alpha', diskSpec('off.img'), false));
    const vm = await untilStatus(core, 'alpha', ['stopped']);
    expect(vm.disks[0]).toMatchObject({ virtualBytes: 1024 ** 2, format: 'qcow2' });
  });

  it('refuses an image that points at another file, before anything is made', async () => {
    const header = Buffer.alloc(1024 ** 2);
    header.write('QFI\xfb', 0, 'latin1');
    header.writeUInt32BE(3, 4);
    header.writeBigUInt64BE(512n, 8);
    header.writeUInt32BE(11, 16);
    header.writeUInt32BE(16, 20);
    header.writeBigUInt64BE(1024n ** 2n, 24);
    header.writeUInt32BE(104, 100);
    header.write('/etc/passwd', 512, 'latin1');
    writeFileSync(join(core.home.library, 'evil.qcow2'), header);
    await core.library.refresh();
    await expect(core.vms.create(ACTOR, createInput('alpha', diskSpec('evil.qcow2')))).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(core.vms.list()).toEqual([]);
    expect(readdirSync(core.home.vms)).toEqual([]);
  });

  it('refuses a second VM of the same name', async () => {
    await core.vms.create(ACTOR, createInput('alpha', bareSpec(), false));
    await expect(core.vms.create(ACTOR, createInput('alpha', bareSpec(), false))).rejects.toMatchObject({
      code: 'already_exists',
    });
  });

  it('shows the command lines beforehand', async () => {
    await core.host.refresh();
    const { disks, qemu } = core.vms.preview('alpha', withDevices(blank('disk0')));
    expect(disks[0]?.slice(0, 2)).toEqual(['qemu-img', 'create']);
    expect(qemu[0]).toBe('qemu-system-x86_64');
    expect(qemu.join(' ')).toContain('disk0.qcow2');
  });
});

describe('update', () => {
  it('shows what the running VM was started with', async () => {
    await core.vms.create(ACTOR, createInput('alpha'));
    const { spec, revision } = await untilStatus(core, 'alpha', ['running']);
    const vm = await core.vms.update(ACTOR, 'alpha', { revision, spec: { ...spec, memoryMiB: 64 } });
    expect(vm.spec.memoryMiB).toBe(64);
    expect(vm.runningSpec?.memoryMiB).toBe(32);
  });

  it('keeps the file of a disk that is taken out, and attaches it again', async () => {
    const { spec } = await core.vms.create(ACTOR, createInput('alpha', withDevices(blank('disk0')), false));
    const without = await core.vms.update(ACTOR, 'alpha', { spec: { ...spec, devices: [] } });
    expect(without.disks).toMatchObject([{ file: 'disk0.qcow2', deviceId: null }]);
    const back = { ...blank('disk0'), source: { kind: 'vm-folder' as const, file: 'disk0.qcow2' } };
    const again = await core.vms.update(ACTOR, 'alpha', { spec: { ...spec, devices: [back] } });
    expect(devicesOf(again.spec, 'disk')[0]?.sizeBytes).toBe(1024 ** 2);
    await expect(core.vms.removeDiskFile(ACTOR, 'alpha', 'disk0.qcow2')).rejects.toMatchObject({ code: 'busy' });
    await core.vms.update(ACTOR, 'alpha', { spec: { ...spec, devices: [] } });
    await core.vms.removeDiskFile(ACTOR, 'alpha', 'disk0.qcow2');
    expect(core.vms.get('alpha').disks).toEqual([]);
  });

  it('keeps a disk that was taken out as long as a saved state may need it', async () => {
    await core.vms.create(ACTOR, createInput('alpha', withDevices(blank('disk0'))));
    const { spec } = await untilStatus(core, 'alpha', ['running']);
    await core.vms.update(ACTOR, 'alpha', { spec: { ...spec, devices: [] } });
    await core.vms.power(ACTOR, 'alpha', 'save');
    await expect(core.vms.removeDiskFile(ACTOR, 'alpha', 'disk0.qcow2')).rejects.toMatchObject({ code: 'wrong_state' });
    await core.vms.power(ACTOR, 'alpha', 'restore');
    expect(core.vms.get('alpha').status).toBe('running');
  });

  it('refuses a change that is based on an older one', async () => {
    const { spec, revision } = await core.vms.create(ACTOR, createInput('alpha', bareSpec(), false));
    await core.vms.update(ACTOR, 'alpha', { revision, notes: 'first' });
    await expect(core.vms.update(ACTOR, 'alpha', { revision, spec })).rejects.toMatchObject({
      code: 'precondition_failed',
    });
  });

  it('renames, and keeps the process', async () => {
    await core.vms.create(ACTOR, createInput('alpha'));
    const { pid } = await untilStatus(core, 'alpha', ['running']);
    await core.vms.update(ACTOR, 'alpha', { name: 'beta' });
    expect(core.vms.get('beta').pid).toBe(pid);
    expect(() => core.vms.get('alpha')).toThrow(/no VM named alpha/);
  });
});

describe('media', () => {
  it('changes and empties a drive while the VM runs', async () => {
    await home.addImage(core, 'a.iso', 'f4ebfd');
    const drive = { kind: 'cdrom' as const, id: 'cdrom0', bus: 'ide' as const, media: null };
    await core.vms.create(ACTOR, createInput('alpha', withDevices(drive)));
    await untilStatus(core, 'alpha', ['running']);
    const full = await core.vms.setMedia(ACTOR, 'alpha', 'cdrom0', 'a.iso');
    expect(devicesOf(full.spec, 'cdrom')[0]?.media).toEqual({ kind: 'library', file: 'a.iso' });
    expect(full.runningSpec).toBeNull();
    await expect(core.library.remove(ACTOR, 'a.iso')).rejects.toMatchObject({ code: 'busy' });
    await core.vms.setMedia(ACTOR, 'alpha', 'cdrom0', null);
    await core.library.remove(ACTOR, 'a.iso');
    await expect(core.vms.setMedia(ACTOR, 'alpha', 'cdrom0', 'a.iso')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('remove', () => {
  it('deletes folder and row, and moves kept disks to the library', async () => {
    const { id } = await core.vms.create(
      ACTOR,
      createInput('alpha', withDevices(blank('disk0'), blank('disk1')), false),
    );
    await core.vms.remove(ACTOR, 'alpha', ['disk1.qcow2']);
    expect(core.vms.list()).toEqual([]);
    expect(existsSync(folderOf(id))).toBe(false);
    expect(core.library.list().map((file) => file.name)).toEqual(['alpha-disk1.qcow2']);
    await core.close();
    core = await home.open();
    expect(core.vms.list()).toEqual([]);
  });

  it('refuses while the VM runs', async () => {
    await core.vms.create(ACTOR, createInput('alpha'));
    await untilStatus(core, 'alpha', ['running']);
    await expect(core.vms.remove(ACTOR, 'alpha', [])).rejects.toMatchObject({ code: 'wrong_state' });
  });
});

describe('autostart', () => {
  it('starts marked VMs by order and leaves the others', async () => {
    for (const [name, order] of [
      ['late', 2],
      ['early', 1],
    ] as const)
      await core.vms.create(ACTOR, {
        ...createInput(name, bareSpec(), false),
        autostart: { enabled: true, order, delaySeconds: 0 },
      });
    await core.vms.create(ACTOR, createInput('manual', bareSpec(), false));
    await core.autostart();
    const [early, late] = await Promise.all(
      ['early', 'late'].map((name) => until(core, name, (vm) => vm.status === 'running')),
    );
    expect(Date.parse(early!.startedAt!)).toBeLessThanOrEqual(Date.parse(late!.startedAt!));
    expect(core.vms.get('manual').status).toBe('stopped');
  });
});
