import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readProcess } from '../qemu/process';
import { QmpClient } from '../qemu/qmp';
import { ACTOR, createInput, diskSpec, POWER_OFF_ON_INPUT, TestHome, untilStatus } from './testing/kit';
import { waitFor } from './wait';

let home: TestHome;
beforeEach(() => {
  home = new TestHome();
});
afterEach(() => home.destroy());

describe('a VM and a restart of Skep', () => {
  it('goes on running with the same process', async () => {
    const first = await home.open();
    await first.vms.create(ACTOR, createInput('alpha'));
    const before = await untilStatus(first, 'alpha', ['running']);
    await first.close();
    expect(readProcess(before.pid!)).not.toBeNull();

    const second = await home.open();
    const after = second.vms.get('alpha');
    expect(after).toMatchObject({ status: 'running', pid: before.pid, startedAt: before.startedAt });
    expect(after.runningSpec).toBeNull();
    await second.vms.power(ACTOR, 'alpha', 'pause');
    expect(second.vms.get('alpha').status).toBe('paused');
  });

  it('stays paused when it was paused', async () => {
    const first = await home.open();
    await first.vms.create(ACTOR, createInput('alpha'));
    await untilStatus(first, 'alpha', ['running']);
    await first.vms.power(ACTOR, 'alpha', 'pause');
    await first.close();
    const second = await home.open();
    expect(second.vms.get('alpha').status).toBe('paused');
  });

  it('is found by its rescue monitor when somebody else holds the first', async () => {
    const first = await home.open();
    await first.vms.create(ACTOR, createInput('alpha'));
    const vm = await untilStatus(first, 'alpha', ['running']);
    const monitor = join(runDirOf(first.home.run, vm.id, await startIdOf(first, vm.id)), 'qmp');
    await first.close();
    const stranger = connect(monitor).on('error', () => undefined);
    await once(stranger, 'data');

    const second = await home.open();
    expect(second.vms.get('alpha')).toMatchObject({ status: 'running', pid: vm.pid });
    stranger.destroy();
  });

  it('is stopped when its guest powered off meanwhile', async () => {
    const first = await home.open();
    await home.addImage(first, 'off.img', POWER_OFF_ON_INPUT);
    await first.vms.create(ACTOR, createInput('alpha', diskSpec('off.img')));
    const vm = await untilStatus(first, 'alpha', ['running']);
    const runDir = runDirOf(first.home.run, vm.id, await startIdOf(first, vm.id));
    await first.close();
    await typeUntilShutdown(runDir);

    const second = await home.open();
    const after = await untilStatus(second, 'alpha', ['stopped', 'crashed']);
    expect(after).toMatchObject({ status: 'stopped', lastExit: null, pid: null });
  });

  it('has crashed when its QEMU was killed meanwhile, and starts again', async () => {
    const first = await home.open();
    await first.vms.create(ACTOR, createInput('alpha'));
    const { pid } = await untilStatus(first, 'alpha', ['running']);
    await first.close();
    process.kill(pid!, 'SIGKILL');
    expect(await waitFor(() => readProcess(pid!) === null, 2000)).toBe(true);

    const second = await home.open();
    expect(second.vms.get('alpha')).toMatchObject({ status: 'crashed', reason: 'QEMU ended while nobody watched' });
    await second.close();
    const third = await home.open();
    expect(third.vms.get('alpha').status).toBe('crashed');
    await third.vms.power(ACTOR, 'alpha', 'start');
    expect(third.vms.get('alpha')).toMatchObject({ status: 'running', lastExit: null });
  });
});

function runDirOf(root: string, vmId: string, startId: string): string {
  return join(root, vmId.slice(0, 8), startId);
}

async function startIdOf(core: { home: { run: string } }, vmId: string): Promise<string> {
  const names = await readdir(join(core.home.run, vmId.slice(0, 8)));
  return names.find((name) => name.endsWith('.json'))!.slice(0, -'.json'.length);
}

/** Types on the serial port until the guest has powered off, which QEMU tells on its rescue monitor. */
async function typeUntilShutdown(runDir: string): Promise<void> {
  const serial = connect(join(runDir, 'serial0'));
  const qmp = await QmpClient.connect(join(runDir, 'rescue'));
  const typing = setInterval(() => serial.write('x'), 50);
  await new Promise<void>((resolve) => qmp.on('event', (event) => event.name === 'SHUTDOWN' && resolve()));
  clearInterval(typing);
  serial.destroy();
  qmp.close();
}
