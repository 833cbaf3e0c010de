/**
 * The hardware page's form: what of a VM can be edited, what of it was changed, and how it follows a VM that
 * changes meanwhile.
 *
 *   live VM ──▶ base (revision n) ──▶ form ──edit──▶ form ──save──▶ patch (revision n)
 *      │                                  ▲
 *      └─ revision n+1: same parts → the form goes on, from n+1 · other parts → conflict
 */
import { draftFromSpec, updateDevice } from './spec-draft';
import { devicesOf } from './device';
import type { VmAutostart, VmPatch, VmSpec, VmSpecDraft, VmView } from './vm';

export interface VmForm {
  name: string;
  draft: VmSpecDraft;
  autostart: VmAutostart;
  isProtected: boolean;
}

/** A VM's definition as the form started from it. */
export type VmBase = Pick<VmView, 'revision' | 'name' | 'spec' | 'autostart' | 'isProtected'>;

export function formOf({ name, spec, autostart, isProtected }: VmBase): VmForm {
  return { name, draft: draftFromSpec(spec), autostart, isProtected };
}

/** Only what was changed, with the revision it is based on; null when nothing was. */
export function patchOf(base: VmBase, form: VmForm): VmPatch | null {
  const before = formOf(base);
  const patch: VmPatch = {};
  if (form.name !== before.name) patch.name = form.name;
  if (!same(form.draft, before.draft)) patch.spec = form.draft;
  if (!same(form.autostart, before.autostart)) patch.autostart = form.autostart;
  if (form.isProtected !== before.isProtected) patch.isProtected = form.isProtected;
  return Object.keys(patch).length > 0 ? { revision: base.revision, ...patch } : null;
}

/**
 * What becomes of a form when the VM is pushed anew.
 *
 *   unchanged form              follows the VM
 *   changed form, same parts    goes on (only the notes, say, were edited elsewhere)
 *   changed form, discs only    goes on with the new discs: they are changed at once, also from this page
 *   changed form, other parts   conflict: saving would undo somebody's work
 */
export function followVm(base: VmBase, form: VmForm, vm: VmBase): { base: VmBase; form: VmForm; isConflict: boolean } {
  // An answer to a save may come before the push: what is older than the base tells nothing.
  if (vm.revision <= base.revision) return { base, form, isConflict: false };
  if (patchOf(base, form) === null) return { base: vm, form: formOf(vm), isConflict: false };
  const isSameName = vm.name === base.name && vm.isProtected === base.isProtected;
  const sameRest = isSameName && same(vm.autostart, base.autostart);
  if (!sameRest || !same(withoutDiscs(vm.spec), withoutDiscs(base.spec))) return { base, form, isConflict: true };
  return { base: vm, form: { ...form, draft: withDiscsOf(form.draft, base.spec, vm.spec) }, isConflict: false };
}

function withoutDiscs(spec: VmSpec): VmSpec {
  const devices = spec.devices.map((device) => (device.kind === 'cdrom' ? { ...device, media: null } : device));
  return { ...spec, devices };
}

/** Puts the discs that changed in the VM into the draft's drives too. */
function withDiscsOf(draft: VmSpecDraft, before: VmSpec, now: VmSpec): VmSpecDraft {
  return devicesOf(now, 'cdrom').reduce((next, { id, media }) => {
    const old = devicesOf(before, 'cdrom').find((cdrom) => cdrom.id === id);
    if (!old || same(old.media, media)) return next;
    return updateDevice(next, 'cdrom', id, (cdrom) => ({ ...cdrom, media }));
  }, draft);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
