import { once } from 'node:events';
import { existsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VmSpec } from '../shared/vm';
import { cont, queryBlock, queryStatus, quit } from './qmp-commands';
import { RUN_FILES } from './run-files';
import { restoreState, saveState } from './save-state';
import { bootSector, GUESTS, QemuLab } from './testing/real-qemu';

let lab: QemuLab;
let file: string;
beforeEach(() => {
  lab = new QemuLab();
  lab.file('disk0.raw', bootSector(GUESTS.serialCounter));
  file = join(lab.root, 'state.bin');
});
afterEach(() => lab.close());

/** A guest that counts on its serial port, with one device of each kind that has state. */
const spec: Partial<VmSpec> = {
  devices: [
    {
      ...{ kind: 'disk', id: 'disk0', bus: 'virtio', format: 'raw', sizeBytes: 1024 ** 2 },
      source: { kind: 'vm-folder', file: 'disk0.raw' },
    },
    { kind: 'cdrom', id: 'cdrom0', bus: 'sata', media: null },
    {
      ...{ kind: 'nic', id: 'nic0', model: 'virtio-net', mac: '52:54:00:12:34:56' },
      network: { kind: 'user', isolated: false, forwards: [] },
    },
    { kind: 'video', id: 'video0', model: 'virtio' },
    { kind: 'tablet', id: 'tablet0' },
    { kind: 'serial', id: 'serial0' },
    { kind: 'rng', id: 'rng0' },
  ],
  boot: { order: ['disk0'] },
};

/** Everything the guest says from now on. */
class Serial {
  readonly bytes: number[] = [];
  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.bytes.push(...chunk));
  }

  static async open(runDir: string): Promise<Serial> {
    const socket = connect(join(runDir, RUN_FILES.serial));
    await once(socket, 'connect');
    return new Serial(socket);
  }

  async read(count: number): Promise<void> {
    const wanted = this.bytes.length + count;
    while (this.bytes.length < wanted) await once(this.socket, 'data');
  }
}

async function startCounting() {
  const qemu = await lab.start({ spec });
  const serial = await Serial.open(qemu.runDir);
  await cont(qemu.qmp);
  await serial.read(1000);
  return { ...qemu, serial };
}

describe('saving and restoring', () => {
  it('goes on with the very next number, in a new process', async () => {
    const first = await startCounting();
    const progress: number[] = [];
    await saveState({ ...first, file, runAs: lab.runAs, onProgress: (p) => progress.push(p) });
    expect((await queryStatus(first.qmp)).running).toBe(false);
    expect(progress.every((p) => p >= 0 && p <= 1)).toBe(true);
    const ended = once(first.serial.socket, 'end');
    await quit(first.qmp);
    await Promise.all([ended, first.exited]);

    const second = await lab.start({ spec, incoming: true });
    const shown: number[] = [];
    await restoreState({ ...second, file, onProgress: (p) => shown.push(p) });
    expect(shown.at(-1)).toBe(1);
    expect((await queryStatus(second.qmp)).running).toBe(false);
    const serial = await Serial.open(second.runDir);
    await cont(second.qmp);
    await serial.read(1000);
    const last = first.serial.bytes.at(-1) ?? -1;
    const expected = serial.bytes.map((_, i) => (last + 1 + i) % 256);
    expect(serial.bytes).toEqual(expected);
    expect((await queryBlock(second.qmp)).map((b) => b.deviceId)).toContain('cdrom0');
  });

  it('leaves one file, for its owner alone, and no socket', async () => {
    const { serial, ...qemu } = await startCounting();
    await saveState({ ...qemu, file, runAs: lab.runAs });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(file).size).toBeGreaterThan(100_000);
    expect(existsSync(`${file}.part`)).toBe(false);
    expect(existsSync(join(qemu.runDir, RUN_FILES.state))).toBe(false);
    serial.socket.destroy();
  });
});

describe('saving that fails', () => {
  it('leaves a guest that goes on, and no file, when it was aborted', async () => {
    const { qmp, runDir, serial } = await startCounting();
    const abort = new AbortController();
    abort.abort();
    const saving = saveState({ qmp, runDir, file, runAs: lab.runAs, signal: abort.signal });
    await expect(saving).rejects.toMatchObject({ code: 'wrong_state' });
    expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, false]);
    await cont(qmp);
    await serial.read(1000);
    await saveState({ qmp, runDir, file, runAs: lab.runAs });
    expect(existsSync(file)).toBe(true);
  });

  it('leaves a guest that goes on when the file cannot be written', async () => {
    const { qmp, runDir, serial } = await startCounting();
    const saving = saveState({ qmp, runDir, file: join(lab.root, 'nowhere/state.bin'), runAs: lab.runAs });
    await expect(saving).rejects.toMatchObject({
      code: 'qemu_failed',
      details: expect.stringContaining('ENOENT') as string,
    });
    await cont(qmp);
    await serial.read(1000);
  });

  it('ends when QEMU goes meanwhile', async () => {
    const { qmp, runDir, exited } = await startCounting();
    await quit(qmp);
    await exited;
    await expect(saveState({ qmp, runDir, file, runAs: lab.runAs })).rejects.toMatchObject({
      code: 'qemu_unreachable',
    });
    expect(existsSync(file)).toBe(false);
  });
});

describe('restoring that fails', () => {
  it.each([
    ['is no state', () => writeFileSync(file, 'this is no state of a VM at all')],
    ['was cut short', () => truncateSync(file, 50_000)],
  ])('says so when the file %s', async (_what, spoil) => {
    const { serial, ...first } = await startCounting();
    await saveState({ ...first, file, runAs: lab.runAs });
    await quit(first.qmp);
    await first.exited;
    serial.socket.destroy();
    spoil();
    const second = await lab.start({ spec, incoming: true });
    await expect(restoreState({ ...second, file })).rejects.toMatchObject({
      code: 'qemu_failed',
      message: expect.stringContaining('could not be read in') as string,
    });
    expect(statSync(file).isFile()).toBe(true);
  });
});
