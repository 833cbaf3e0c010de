import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isEnded } from '../../shared/task';
import type { TrashView } from '../../shared/trash';
import type { VmSpecDraft } from '../../shared/vm';
import type { RunningVmm } from '../create-vmm';
import { ACTOR, bareSpec, createInput, TestHome } from '../testing/kit';
import { contentOf } from './trash-files';

let home: TestHome;
let core: RunningVmm;
beforeEach(async () => {
  home = new TestHome();
  core = await home.open();
});
afterEach(() => home.destroy());

const disk = (id: string) => ({
  kind: 'disk' as const,
  id,
  bus: 'ide' as const,
  format: 'qcow2' as const,
  source: { kind: 'blank' as const, sizeBytes: 1024 ** 2 },
});
const nic = (mac: string, hostPort: number) => ({
  kind: 'nic' as const,
  id: 'nic0',
  model: 'e1000' as const,
  mac,
  network: {
    kind: 'user' as const,
    isolated: false,
    forwards: [{ protocol: 'tcp' as const, hostAddress: '127.0.0.1', hostPort, guestPort: 80 }],
  },
});
const make = (name: string, ...devices: VmSpecDraft['devices']) =>
  core.vms.create(ACTOR, createInput(name, bareSpec({ devices }), false));
const remove = async (name: string): Promise<TrashView> => {
  const item = await core.vms.remove(ACTOR, name, []);
  if (!item) throw new Error(`${name} is not in the trash`);
  return item;
};
const items = () => core.trash.state().items;
const eventsOf = async (name: string) => (await core.vms.events(name, 10)).map(({ message }) => message);

describe('a deleted VM', () => {
  it('comes back as it was, also after a restart', async () => {
    const { id } = await make('alpha', disk('disk0'));
    await core.vms.update(ACTOR, 'alpha', {
      notes: 'mail',
      tags: ['prod'],
      autostart: { enabled: true, order: 7, delaySeconds: 3 },
    });
    const before = core.vms.get('alpha');
    writeFileSync(join(core.home.vms, id, 'disk0.qcow2'), 'what the guest wrote');
    const item = await remove('alpha');
    expect(item).toMatchObject({ kind: 'vm', name: 'alpha', deletedBy: 'anna' });
    expect(item.sizeBytes).toBeGreaterThan(0);
    expect(Date.parse(item.expiresAt) - Date.parse(item.deletedAt)).toBe(7 * 24 * 60 * 60 * 1000);
    expect(core.vms.list()).toEqual([]);
    expect(existsSync(join(core.home.vms, id))).toBe(false);

    await core.close();
    core = await home.open();
    expect(core.vms.list()).toEqual([]);
    expect(items()).toEqual([item]);
    expect(await core.trash.restore(ACTOR, item.id)).toEqual({
      kind: 'vm',
      name: 'alpha',
      vmName: 'alpha',
      remarks: [],
    });
    expect(core.vms.get('alpha')).toEqual({ ...before, disks: core.vms.get('alpha').disks });
    expect(readFileSync(join(core.home.vms, id, 'disk0.qcow2'), 'utf8')).toBe('what the guest wrote');
    expect(items()).toEqual([]);
    expect(readdirSync(core.home.trash)).toEqual([]);
    await expect.poll(() => eventsOf('alpha')).toEqual(['Restored from the trash.', 'Deleted.', 'Created.']);
  });

  it('gets another name when its own is taken, and says what else is taken', async () => {
    await make('alpha', nic('52:54:00:00:00:01', 8001));
    const item = await remove('alpha');
    await make('alpha', nic('52:54:00:00:00:01', 8001));
    const { name, remarks } = await core.trash.restore(ACTOR, item.id);
    expect(name).toBe('alpha-2');
    expect(remarks).toEqual([
      'There is another VM alpha now, so it is named alpha-2.',
      'nic0 has the same MAC address as alpha: give it another before both run.',
      'Host port 8001/tcp is also forwarded by alpha: only one of them can run.',
    ]);
    expect(core.vms.list().map((vm) => vm.name)).toEqual(['alpha', 'alpha-2']);
  });

  it('says that its disc is gone', async () => {
    await home.addImage(core, 'a.iso', 'f4ebfd');
    const media = { kind: 'library' as const, file: 'a.iso' };
    await make('alpha', { kind: 'cdrom', id: 'cdrom0', bus: 'ide', media });
    const item = await remove('alpha');
    rmSync(join(core.home.library, 'a.iso'));
    await core.library.refresh();
    const { remarks } = await core.trash.restore(ACTOR, item.id);
    expect(remarks).toEqual(['a.iso in cdrom0 is not in the library any more: empty the drive before you start it.']);
  });

  it('without a folder can be deleted and restored', async () => {
    const { id } = await make('alpha');
    rmSync(join(core.home.vms, id), { recursive: true });
    const item = await remove('alpha');
    await core.trash.restore(ACTOR, item.id);
    expect(existsSync(join(core.home.vms, id))).toBe(true);
  });

  it('whose files are gone stays in the trash, and says so', async () => {
    await make('alpha');
    const item = await remove('alpha');
    rmSync(contentOf(join(core.home.trash, item.id)), { recursive: true });
    await expect(core.trash.restore(ACTOR, item.id)).rejects.toMatchObject({ code: 'not_found' });
    expect(core.vms.list()).toEqual([]);
    expect(items()).toHaveLength(1);
  });

  it('is not restored twice at once', async () => {
    await make('alpha');
    const { id } = await remove('alpha');
    const both = await Promise.allSettled([core.trash.restore(ACTOR, id), core.trash.restore(ACTOR, id)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(core.vms.list()).toHaveLength(1);
  });
});

it('a protected VM and its disk files are not deleted', async () => {
  await make('alpha', disk('disk0'));
  await core.vms.update(ACTOR, 'alpha', { isProtected: true, spec: bareSpec({ devices: [] }) });
  const protectedError = { code: 'wrong_state', message: expect.stringContaining('protected from deletion') as string };
  await expect(core.vms.remove(ACTOR, 'alpha', [])).rejects.toMatchObject(protectedError);
  await expect(core.vms.removeDiskFile(ACTOR, 'alpha', 'disk0.qcow2')).rejects.toMatchObject(protectedError);
  await core.vms.update(ACTOR, 'alpha', { isProtected: false });
  await remove('alpha');
});

describe('a deleted disk file', () => {
  const detached = async () => {
    await make('alpha', disk('disk0'));
    await core.vms.update(ACTOR, 'alpha', { spec: bareSpec({ devices: [] }) });
    const item = await core.vms.removeDiskFile(ACTOR, 'alpha', 'disk0.qcow2');
    if (!item) throw new Error('not in the trash');
    return item;
  };

  it('comes back to its VM, under another name when its own is taken', async () => {
    const { id } = await detached();
    expect(core.vms.get('alpha').disks).toEqual([]);
    await core.vms.update(ACTOR, 'alpha', { spec: bareSpec({ devices: [disk('disk0')] }) });
    expect(await core.trash.restore(ACTOR, id)).toMatchObject({ kind: 'disk', name: 'disk0-2.qcow2', vmName: 'alpha' });
    expect(core.vms.get('alpha').disks.map(({ file, deviceId }) => [file, deviceId])).toEqual([
      ['disk0-2.qcow2', null],
      ['disk0.qcow2', 'disk0'],
    ]);
  });

  it('comes to the library when its VM is gone', async () => {
    const { id } = await detached();
    await remove('alpha');
    expect(await core.trash.restore(ACTOR, id)).toMatchObject({ name: 'alpha-disk0.qcow2', vmName: null });
    expect(core.library.list().map((file) => file.name)).toEqual(['alpha-disk0.qcow2']);
  });
});

describe('the trash', () => {
  it('deletes one for good, and all as a task', async () => {
    for (const name of ['alpha', 'beta', 'gamma']) await make(name);
    const [alpha, beta, gamma] = [await remove('alpha'), await remove('beta'), await remove('gamma')];
    await core.trash.remove(ACTOR, alpha.id);
    expect(items().map(({ name }) => name)).toEqual(['gamma', 'beta']);
    const task = await core.trash.empty(ACTOR, [beta.id, gamma.id]);
    const ended = await core.tasks.ended(task.id);
    expect(ended).toMatchObject({ status: 'done', actor: 'anna', doneBytes: beta.sizeBytes + gamma.sizeBytes });
    expect(isEnded(ended.status)).toBe(true);
    expect(items()).toEqual([]);
    expect(readdirSync(core.home.trash)).toEqual([]);
    await expect(core.trash.restore(ACTOR, alpha.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(core.trash.empty(ACTOR, [alpha.id])).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keeps what it promised when the days change, and is passed by with 0 days', async () => {
    await make('alpha');
    await make('beta');
    const item = await remove('alpha');
    await core.settings.update(ACTOR, { trashDays: 0 });
    expect(await core.vms.remove(ACTOR, 'beta', [])).toBeNull();
    expect(core.trash.state()).toEqual({ keepDays: 0, items: [item] });
    expect(readdirSync(core.home.vms)).toEqual([]);
  });

  it('tells whoever watches', async () => {
    await make('alpha');
    const told: string[] = [];
    core.live.subscribe((event) =>
      told.push(...(event.type === 'trash' ? event.trash.items.map(({ name }) => name) : [])),
    );
    await remove('alpha');
    expect(told).toEqual(['alpha']);
  });
});
