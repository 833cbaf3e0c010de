/** The facts about QEMU that the serial port is built on, asked of a real one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QmpClient } from '../qemu/qmp';
import { isSerialTaken, openSerial } from './serial';

let folder: string;
let qemu: ChildProcess;
let qmp: QmpClient;

beforeEach(async () => {
  folder = await mkdtemp('/tmp/skep-serial-');
  const monitor = ['-qmp', 'unix:qmp,server=on,wait=off'];
  const serial = ['-chardev', 'socket,id=serial0-socket,path=serial0,server=on,wait=off'];
  const guest = ['-nodefaults', '-display', 'none', '-machine', 'q35,accel=tcg', '-m', '32'];
  const device = ['-device', 'isa-serial,chardev=serial0-socket'];
  qemu = spawn('qemu-system-x86_64', [...guest, ...monitor, ...serial, ...device, '-S'], {
    cwd: folder,
    stdio: 'ignore',
  });
  qmp = await vi.waitFor(() => QmpClient.connect(join(folder, 'qmp'), { timeoutMs: 1000 }), { timeout: 20_000 });
});
afterEach(async () => {
  qmp.close();
  if (qemu.exitCode === null && qemu.signalCode === null) {
    const exited = once(qemu, 'exit');
    qemu.kill('SIGKILL');
    await exited;
  }
  await rm(folder, { recursive: true });
});

describe('a serial port of a real QEMU', () => {
  it('is taken while somebody is connected, and free again after', async () => {
    expect(await isSerialTaken(qmp)).toBe(false);
    const other = connect(join(folder, 'serial0'));
    await vi.waitFor(async () => expect(await isSerialTaken(qmp)).toBe(true));
    other.destroy();
    const port = await openSerial({
      socketPath: join(folder, 'serial0'),
      epoch: 'e',
      isTaken: () => isSerialTaken(qmp),
    });
    await vi.waitFor(async () => expect(await isSerialTaken(qmp)).toBe(true));
    port.close();
  });

  it('ends with its QEMU', async () => {
    const onEnd = vi.fn();
    await openSerial({ socketPath: join(folder, 'serial0'), epoch: 'e', onEnd });
    qemu.kill('SIGKILL');
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalledTimes(1));
  });
});
