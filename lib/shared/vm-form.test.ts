import { describe, expect, it } from 'vitest';
import { devicesOf, GIB } from './device';
import { draftFor, updateDevice } from './spec-draft';
import { NO_AUTOSTART, vmPatch, type VmSpec } from './vm';
import { followVm, formOf, patchOf, type VmBase } from './vm-form';

const draft = draftFor('linux', null, '52:54:00:00:00:01');
const spec: VmSpec = {
  ...draft,
  devices: draft.devices.map((device) =>
    device.kind === 'disk' ? { ...device, sizeBytes: GIB, source: { kind: 'vm-folder', file: 'disk0.qcow2' } } : device,
  ),
};
const base: VmBase = { revision: 3, name: 'web', spec, autostart: NO_AUTOSTART, isProtected: false };
const withDisc = (file: string): VmSpec => ({
  ...spec,
  devices: spec.devices.map((device) =>
    device.kind === 'cdrom' ? { ...device, media: { kind: 'library', file } } : device,
  ),
});
const edited = { ...formOf(base), name: 'web-2' };

describe('patchOf', () => {
  it('is nothing for an untouched form', () => {
    expect(patchOf(base, formOf(base))).toBeNull();
  });

  it('holds only what changed, and the revision', () => {
    expect(patchOf(base, edited)).toEqual({ revision: 3, name: 'web-2' });
    const bigger = { ...formOf(base), draft: { ...formOf(base).draft, memoryMiB: 512 } };
    const patch = patchOf(base, bigger);
    expect(Object.keys(patch ?? {})).toEqual(['revision', 'spec']);
    expect(vmPatch.safeParse(patch).success).toBe(true);
  });
});

describe('followVm', () => {
  it('stays on the same revision, and ignores an older one', () => {
    expect(followVm(base, edited, { ...base })).toEqual({ base, form: edited, isConflict: false });
    const older = { ...base, revision: 2, name: 'old' };
    expect(followVm(base, formOf(base), older)).toEqual({ base, form: formOf(base), isConflict: false });
  });

  it('lets an untouched form follow', () => {
    const vm = { ...base, revision: 4, spec: { ...spec, memoryMiB: 64 } };
    expect(followVm(base, formOf(base), vm)).toEqual({ base: vm, form: formOf(vm), isConflict: false });
  });

  it('goes on when only notes changed elsewhere', () => {
    const vm = { ...base, revision: 4 };
    expect(followVm(base, edited, vm)).toEqual({ base: vm, form: edited, isConflict: false });
  });

  it('takes a disc that was changed at once', () => {
    const mine = { ...edited, draft: { ...edited.draft, memoryMiB: 64 } };
    const followed = followVm(base, mine, { ...base, revision: 4, spec: withDisc('a.iso') });
    expect(followed.isConflict).toBe(false);
    expect(followed.form.draft.memoryMiB).toBe(64);
    expect(devicesOf(followed.form.draft, 'cdrom')[0]?.media).toEqual({ kind: 'library', file: 'a.iso' });
    expect(patchOf(followed.base, followed.form)?.revision).toBe(4);
  });

  it('keeps a bus that was changed in the form beside a new disc', () => {
    const pc = updateDevice(edited.draft, 'cdrom', 'cdrom0', (cdrom) => ({ ...cdrom, bus: 'ide' }));
    const followed = followVm(base, { ...edited, draft: pc }, { ...base, revision: 4, spec: withDisc('a.iso') });
    expect(devicesOf(followed.form.draft, 'cdrom')[0]).toMatchObject({ bus: 'ide', media: { file: 'a.iso' } });
  });

  it('is a conflict when the hardware or the name changed elsewhere', () => {
    expect(followVm(base, edited, { ...base, revision: 4, spec: { ...spec, memoryMiB: 64 } }).isConflict).toBe(true);
    expect(followVm(base, edited, { ...base, revision: 4, name: 'other' }).isConflict).toBe(true);
  });
});
