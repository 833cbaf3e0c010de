import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device } from '../shared/device';
import type { QmpClient } from './qmp';
import * as commands from './qmp-commands';
import type { QmpEvent } from './qmp-events';
import { RUN_FILES } from './run-files';
import { bootSector, GUESTS, QemuLab } from './testing/real-qemu';

let lab: QemuLab;
beforeEach(() => {
  lab = new QemuLab();
});
afterEach(() => lab.close());

const disk: Device = {
  ...{ kind: 'disk', id: 'disk0', bus: 'virtio', format: 'raw', sizeBytes: 1024 ** 2 },
  source: { kind: 'vm-folder', file: 'disk0.raw' },
};
const drive: Device = { kind: 'cdrom', id: 'cdrom0', bus: 'sata', media: null };
const screen: Device = { kind: 'video', id: 'video0', model: 'std' };
const serial: Device = { kind: 'serial', id: 'serial0' };

/** Starts a guest with the given code and devices beside its disk; it waits for `cont`. */
function guest(code: string, devices: Device[] = []) {
  lab.file('disk0.raw', bootSector(code));
  return lab.start({ spec: { devices: [disk, ...devices], boot: { order: ['disk0'] } } });
}

/** The next event of a name. Ask before its cause. */
function next(qmp: QmpClient, name: string): Promise<QmpEvent> {
  return new Promise((resolve) => qmp.on('event', (event) => (event.name === name ? resolve(event) : undefined)));
}

describe('queries', () => {
  it('are understood', async () => {
    const { qmp } = await guest(GUESTS.idle, [drive, screen, serial]);
    expect(await commands.queryVersion(qmp)).toMatchObject({ major: 7 });
    expect(await commands.queryJobs(qmp)).toEqual([]);
    expect(await commands.queryBlockJobs(qmp)).toEqual([]);
    expect(await commands.queryVnc(qmp)).toMatchObject({ enabled: true, family: 'unix', clients: [] });
    expect((await commands.queryChardev(qmp)).find((c) => c.label === 'serial0-socket')).toMatchObject({ open: true });
    expect(await commands.queryMigrate(qmp)).toMatchObject({ status: 'none', error: null });
    const blocks = await commands.queryBlock(qmp);
    expect(blocks.find((b) => b.nodeName === 'disk0')).toMatchObject({
      ...{ driver: 'raw', virtualBytes: 1024 ** 2, ioStatus: 'ok', readOnly: false },
      deviceId: expect.stringContaining('disk0') as string,
    });
    expect(blocks.find((b) => b.deviceId === 'cdrom0')).toMatchObject({ file: null, nodeName: null });
  });
});

describe('the life of a guest', () => {
  it('goes through run, pause, reset, power button and end', async () => {
    const { qmp, exited } = await guest(GUESTS.idle);
    const resumed = next(qmp, 'RESUME');
    await commands.cont(qmp);
    await resumed;
    const stopped = next(qmp, 'STOP');
    await commands.stop(qmp);
    await stopped;
    expect(await commands.queryStatus(qmp)).toEqual({ status: 'paused', running: false });
    const reset = next(qmp, 'RESET');
    await commands.systemReset(qmp);
    expect(await reset).toEqual({ name: 'RESET', data: { guest: false, reason: 'host-qmp-system-reset' } });
    await commands.cont(qmp);
    const pressed = next(qmp, 'POWERDOWN');
    await commands.systemPowerdown(qmp);
    await pressed;
    await commands.quit(qmp);
    expect((await exited).code).toBe(0);
  });

  it('stays readable after a panic', async () => {
    const { qmp } = await guest(GUESTS.panic);
    const panic = next(qmp, 'GUEST_PANICKED');
    await commands.cont(qmp);
    expect(await panic).toEqual({ name: 'GUEST_PANICKED', data: { action: 'pause' } });
    await expect.poll(async () => (await commands.queryStatus(qmp)).status).toBe('guest-panicked');
  });

  it('stays readable after the guest powers off', async () => {
    const { qmp } = await guest(GUESTS.powerOff);
    const shutdown = next(qmp, 'SHUTDOWN');
    await commands.cont(qmp);
    expect(await shutdown).toEqual({ name: 'SHUTDOWN', data: { guest: true, reason: 'guest-shutdown' } });
    await expect.poll(async () => (await commands.queryStatus(qmp)).status).toBe('shutdown');
  });

  it('shows what its serial port says to the first who asks', async () => {
    const { qmp, runDir } = await guest(GUESTS.serialFlood, [serial]);
    const socket = connect(join(runDir, RUN_FILES.serial));
    await once(socket, 'connect');
    await commands.cont(qmp);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(chunk.toString()).toMatch(/^A+$/);
    socket.destroy();
  });
});

describe('CD-ROM media', () => {
  it('are put in, changed and taken out while the VM runs', async () => {
    const { qmp } = await guest(GUESTS.idle, [drive]);
    const first = lab.file('a,b nbd:.iso', Buffer.alloc(4096));
    const second = lab.file('b.iso', Buffer.alloc(8192));
    const inDrive = async () => (await commands.queryBlock(qmp)).find((b) => b.deviceId === 'cdrom0');
    await commands.cont(qmp);
    const moved = next(qmp, 'DEVICE_TRAY_MOVED');
    await commands.changeMedium(qmp, 'cdrom0', first);
    expect(await moved).toMatchObject({ data: { id: 'cdrom0' } });
    expect(await inDrive()).toMatchObject({ virtualBytes: 4096, readOnly: true, driver: 'raw', trayOpen: false });
    await commands.changeMedium(qmp, 'cdrom0', second);
    expect(await inDrive()).toMatchObject({ virtualBytes: 8192 });
    await commands.eject(qmp, 'cdrom0');
    expect(await inDrive()).toMatchObject({ file: null });
    await commands.changeMedium(qmp, 'cdrom0', first);
    expect(await inDrive()).toMatchObject({ virtualBytes: 4096, trayOpen: false });
    await expect(commands.changeMedium(qmp, 'cdrom0', '/nowhere.iso')).rejects.toMatchObject({ code: 'qemu_failed' });
  });
});

describe('screen and keys', () => {
  it('gives a picture of the screen, for its owner alone', async () => {
    const { qmp, runDir } = await guest(GUESTS.idle, [screen]);
    await commands.screendump(qmp, 'screen.png');
    const file = join(runDir, 'screen.png');
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('takes keys by name, and no others', async () => {
    const { qmp } = await guest(GUESTS.idle, [screen]);
    await commands.cont(qmp);
    await commands.inputSendKeys(qmp, ['ctrl', 'alt', 'delete'], true);
    await commands.inputSendKeys(qmp, ['delete', 'alt', 'ctrl'], false);
    await expect(commands.inputSendKeys(qmp, ['any'], true)).rejects.toMatchObject({ code: 'qemu_failed' });
  });
});
