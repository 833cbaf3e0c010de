/** Text typed at the prompts of firmware, and read back from the serial port where the firmware echoes it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningVmm } from './create-vmm';
import { ACTOR, bareSpec, createInput, TestHome, untilStatus } from './testing/kit';

let home: TestHome;
let core: RunningVmm;
beforeAll(async () => {
  home = new TestHome();
  core = await home.open();
});
afterAll(() => home.destroy());

/** Follows a VM's serial port; what it says is kept, and can be waited for. */
function listen(vmId: string) {
  let said = '';
  let look = () => {};
  core.vms.serial(vmId).join({
    onHello: () => {},
    onData: (bytes) => {
      said += Buffer.from(bytes).toString('latin1');
      look();
    },
    onSkip: () => {},
    onEnd: () => {},
    pendingBytes: () => 0,
  });
  /** Resolves when the text was said. */
  return (text: string) =>
    new Promise<void>((resolve) => {
      look = () => said.includes(text) && resolve();
      look();
    });
}

describe('the UEFI shell', () => {
  it('gets a typed command as it was written', { timeout: 120_000 }, async () => {
    const spec = bareSpec({
      machine: { type: 'q35', version: null },
      firmware: { kind: 'uefi' },
      memoryMiB: 256,
    });
    await core.vms.create(ACTOR, createInput('shell', spec));
    const { id } = await untilStatus(core, 'shell', ['running']);
    const until = listen(id);
    await until('Shell>');
    await core.keyboard.type(ACTOR, 'shell', { text: 'echo Skep_Typed: (a+b)=c; [x]{y} ~ @home\n' });
    await until('Skep_Typed: (a+b)=c; [x]{y} ~ @home\r\n');
  });

  it('says what cannot be typed before anything is sent', async () => {
    await expect(core.keyboard.type(ACTOR, 'shell', { text: 'aßж', layout: 'us' })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('ß ж') as string,
    });
  });

  it('has one typist at a time, who can be stopped', async () => {
    const stop = new AbortController();
    const first = core.keyboard.type(ACTOR, 'shell', { text: 'a'.repeat(500), keysPerSecond: 20 }, stop.signal);
    await expect(core.keyboard.type(ACTOR, 'shell', { text: 'b' })).rejects.toMatchObject({ code: 'busy' });
    stop.abort();
    await expect(first).rejects.toThrow('aborted');
    await core.keyboard.type(ACTOR, 'shell', { text: 'b' });
  });

  it('types nothing into a paused guest', async () => {
    await core.vms.power(ACTOR, 'shell', 'pause');
    await expect(core.keyboard.type(ACTOR, 'shell', { text: 'a' })).rejects.toMatchObject({ code: 'wrong_state' });
  });
});
