import { mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readProcess } from '../qemu/process';
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

async function running(name = 'alpha', spec: VmSpecDraft = bareSpec()) {
  await core.vms.create(ACTOR, createInput(name, spec));
  return untilStatus(core, name, ['running']);
}

describe('power verbs', () => {
  it('pauses, resumes, resets and forces off', async () => {
    const { pid } = await running();
    await core.vms.power(ACTOR, 'alpha', 'pause');
    expect(core.vms.get('alpha').status).toBe('paused');
    await core.vms.power(ACTOR, 'alpha', 'resume');
    expect(core.vms.get('alpha').status).toBe('running');
    await core.vms.power(ACTOR, 'alpha', 'reset');
    expect(core.vms.get('alpha')).toMatchObject({ status: 'running', pid });
    await core.vms.power(ACTOR, 'alpha', 'force-off');
    expect(core.vms.get('alpha')).toMatchObject({ status: 'stopped', pid: null, lastExit: null });
    expect(readProcess(pid!)).toBeNull();
  });

  it('refuses what makes no sense with the sentence of the table', async () => {
    await core.vms.create(ACTOR, createInput('alpha', bareSpec(), false));
    await expect(core.vms.power(ACTOR, 'alpha', 'pause')).rejects.toMatchObject({
      code: 'wrong_state',
      message: 'Pause needs a VM that is running; alpha is stopped.',
    });
  });

  it('starts one QEMU for fifty clicks', async () => {
    await core.vms.create(ACTOR, createInput('alpha', bareSpec(), false));
    const clicks = Array.from({ length: 50 }, () => core.vms.power(ACTOR, 'alpha', 'start'));
    await Promise.all(clicks);
    expect(
      (await core.vms.events('alpha', 100)).filter((event) => event.message === 'Started.').length,
    ).toBeLessThanOrEqual(1);
    expect(core.vms.get('alpha').status).toBe('running');
  });

  it('asks the guest to shut down, and shows it again as running when it does not react', async () => {
    await core.settings.update(ACTOR, { shutdownTimeoutSeconds: 10 });
    await running();
    await core.vms.power(ACTOR, 'alpha', 'shutdown');
    expect(core.vms.get('alpha')).toMatchObject({ status: 'stopping', shutdownRequestedAt: expect.any(String) });
    await untilStatus(core, 'alpha', ['running'], 15_000);
    await until(core, 'alpha', (vm) => vm.shutdownRequestedAt === null);
  });

  it('sees a guest power off', async () => {
    await home.addImage(core, 'off.img', POWER_OFF_ON_INPUT);
    const { id } = await running('alpha', diskSpec('off.img'));
    const viewer = { onHello() {}, onData() {}, onSkip() {}, onEnd() {}, pendingBytes: () => 0 };
    const serial = core.vms.serial(id).join(viewer);
    const typing = setInterval(() => serial.write(Buffer.from('x')), 50);
    await untilStatus(core, 'alpha', ['stopped']);
    clearInterval(typing);
    expect(core.vms.get('alpha').lastExit).toBeNull();
  });

  it('tells a crash with signal and log', async () => {
    const { pid } = await running();
    process.kill(pid!, 'SIGKILL');
    const vm = await untilStatus(core, 'alpha', ['crashed']);
    expect(vm).toMatchObject({
      reason: 'QEMU was ended by SIGKILL',
      lastExit: { signal: 'SIGKILL', exitCode: null },
      pid: null,
    });
  });

  it('forces off and tells a crash even when nothing can be noted on the disk', async () => {
    const { id } = await running();
    const base = join(core.home.run, id.slice(0, 8));
    const startId = readdirSync(base)
      .find((name) => name.endsWith('.json'))
      ?.slice(0, -'.json'.length);
    // A folder where the note should go: writing it fails, for root too.
    mkdirSync(join(base, `${startId}.ending`));
    await core.vms.power(ACTOR, 'alpha', 'force-off');
    expect(core.vms.get('alpha').status).toBe('stopped');

    const { pid } = await running('beta');
    mkdirSync(join(core.home.run, core.vms.get('beta').id.slice(0, 8), 'last-exit.json'));
    process.kill(pid ?? 0, 'SIGKILL');
    const beta = await untilStatus(core, 'beta', ['crashed']);
    expect(beta).toMatchObject({ reason: 'QEMU was ended by SIGKILL', pid: null });
  });

  it('notices a QEMU that hangs, and forces it off all the same', async () => {
    const { pid } = await running();
    process.kill(pid!, 'SIGSTOP');
    await untilStatus(core, 'alpha', ['unreachable'], 20_000);
    await core.vms.power(ACTOR, 'alpha', 'force-off');
    expect(core.vms.get('alpha').status).toBe('stopped');
    expect(readProcess(pid!)).toBeNull();
  });

  it('says which program has the port of a forward, and leaves nothing behind', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const forward = { protocol: 'tcp' as const, hostAddress: '127.0.0.1', hostPort: port, guestPort: 22 };
    const network = { kind: 'user' as const, isolated: false, forwards: [forward] };
    const nic = { kind: 'nic' as const, id: 'nic0', model: 'e1000' as const, mac: '52:54:00:00:00:01', network };
    await core.vms.create(ACTOR, createInput('alpha', bareSpec({ devices: [nic] }), false));
    await expect(core.vms.power(ACTOR, 'alpha', 'start')).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringContaining(String(port)),
    });
    server.close();
    await core.vms.power(ACTOR, 'alpha', 'start');
    await core.vms.create(
      ACTOR,
      createInput('beta', bareSpec({ devices: [{ ...nic, mac: '52:54:00:00:00:02' }] }), false),
    );
    await expect(core.vms.power(ACTOR, 'beta', 'start')).rejects.toMatchObject({
      message: expect.stringContaining('alpha'),
    });
    expect(core.vms.get('beta').status).toBe('stopped');
  });
});

describe('save and restore', () => {
  it('goes on where it was', async () => {
    const { pid } = await running();
    await core.vms.power(ACTOR, 'alpha', 'save');
    expect(core.vms.get('alpha')).toMatchObject({ status: 'saved', pid: null });
    await expect(core.vms.power(ACTOR, 'alpha', 'start')).rejects.toMatchObject({ code: 'wrong_state' });
    await core.close();
    core = await home.open();
    expect(core.vms.get('alpha').status).toBe('saved');
    await core.vms.power(ACTOR, 'alpha', 'restore');
    const restored = core.vms.get('alpha');
    expect(restored).toMatchObject({ status: 'running', savedAt: null });
    expect(restored.pid).not.toBe(pid);
  });

  it('forgets a state that is discarded', async () => {
    await running();
    await core.vms.power(ACTOR, 'alpha', 'save');
    await core.vms.power(ACTOR, 'alpha', 'discard-state');
    expect(core.vms.get('alpha').status).toBe('stopped');
  });
});
