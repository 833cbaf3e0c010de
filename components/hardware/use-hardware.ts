'use client';
import { useMemo, useState } from 'react';
import { useHost, useLibrary, useStats, useVms } from '@/components/live/live-hooks';
import { useAction } from '@/components/use-action';
import type { ErrorBody } from '@/lib/shared/errors';
import { asErrors, firstError, mergeNotes, specErrors, toFieldKeys, type FieldNotes } from '@/lib/shared/field-keys';
import { hostLimits } from '@/lib/shared/host-limits';
import { diffSpec } from '@/lib/shared/spec-diff';
import { isAlive, vmAutostart, vmName, type VmView } from '@/lib/shared/vm';
import { followVm, formOf, patchOf, type VmForm } from '@/lib/shared/vm-form';
import { updateVm } from '@/lib/web/hardware-actions';
import type { SpecEditor } from './spec-editor';

export interface Hardware {
  form: VmForm;
  editor: SpecEditor;
  set: (change: Partial<VmForm>) => void;
  isChanged: boolean;
  /** The VM was changed elsewhere in a way that the form's changes would undo. */
  isConflict: boolean;
  /** Takes the VM as it is now; the form's changes are gone. */
  revert: () => void;
  save: () => Promise<void>;
  isSaving: boolean;
  saveError: ErrorBody | null;
  /** Why Save is disabled, or null. */
  whyNotSave: string | null;
}

/** The state of a VM's hardware form. */
export function useHardware(vm: VmView): Hardware {
  const [state, setState] = useState(() => ({ base: vm as Parameters<typeof followVm>[0], form: formOf(vm) }));
  const [refused, setRefused] = useState<Record<string, string>>({});
  const [saveError, setSaveError] = useState<ErrorBody | null>(null);
  const followed = followVm(state.base, state.form, vm);
  if (followed.base !== state.base) setState({ base: followed.base, form: followed.form });
  const { base, form } = followed;

  const notes = useFieldNotes(vm, form, refused);
  const patch = useMemo(() => patchOf(base, form), [base, form]);
  const readOnlyReason = whyReadOnly(vm);
  const running = useMemo(() => {
    if (!isAlive(vm.status) && vm.status !== 'saved') return null;
    return diffSpec(form.draft, vm.runningSpec ?? vm.spec);
  }, [vm, form.draft]);

  const forget = () => {
    setRefused({});
    setSaveError(null);
  };
  const set = (change: Partial<VmForm>) => {
    forget();
    setState({ base, form: { ...form, ...change } });
  };
  const { run, isPending } = useAction(updateVm, () => true);
  // While saving, the push of the own change may come before the answer.
  const isConflict = followed.isConflict && !isPending;
  const save = async () => {
    if (!patch) return;
    forget();
    const result = await run(base.name, patch);
    if (result?.ok) {
      setState({ base: result.value, form: formOf(result.value) });
    } else if (result) {
      const fields = serverFields(form, result.error);
      setRefused(fields);
      if (Object.keys(fields).length === 0) setSaveError(result.error);
    }
  };
  return {
    form,
    editor: {
      draft: form.draft,
      change: (draft) => set({ draft }),
      notes,
      running,
      isReadOnly: readOnlyReason !== null,
    },
    set,
    isChanged: patch !== null,
    isConflict,
    revert: () => {
      forget();
      setState({ base: vm, form: formOf(vm) });
    },
    save,
    isSaving: isPending,
    saveError,
    whyNotSave: whyNotSave(vm, notes, isConflict),
  };
}

function useFieldNotes(vm: VmView, form: VmForm, refused: Record<string, string>): FieldNotes {
  const [host, stats, vms, library] = [useHost(), useStats(), useVms(), useLibrary()];
  return useMemo(() => {
    const own: Record<string, string> = specErrors(form.draft);
    const badName = vmName.safeParse(form.name).error?.issues[0]?.message;
    if (badName) own.name = badName;
    else if (vms.some((other) => other.id !== vm.id && other.name === form.name)) {
      own.name = `There is a VM ${form.name} already. Choose another name.`;
    }
    for (const issue of vmAutostart.safeParse(form.autostart).error?.issues ?? []) {
      own[`autostart.${issue.path.join('.')}`] ??= issue.message;
    }
    const limits = hostLimits({ draft: form.draft, host, stats, vms, vmId: vm.id, library });
    return mergeNotes(asErrors(refused), asErrors(own), limits);
  }, [vm.id, form, refused, host, stats, vms, library]);
}

/** Why the hardware cannot be changed now, as a sentence, or null. */
export function whyReadOnly(vm: VmView): string | null {
  if (vm.status === 'saved') {
    return `${vm.name} is saved to disk together with its hardware, so the hardware cannot change now. Restore it, or discard the saved state first.`;
  }
  if (vm.status === 'creating') return `${vm.name} is still being made. Its hardware can be changed afterwards.`;
  if (vm.status === 'broken') return vm.problem?.message ?? `${vm.name} cannot be read, so it cannot be changed.`;
  return null;
}

function whyNotSave(vm: VmView, notes: FieldNotes, isConflict: boolean): string | null {
  if (isConflict) return 'The VM was changed elsewhere meanwhile. Take over the new version first.';
  if (vm.operation) return `${vm.name} is busy. Wait until it is done.`;
  const error = firstError(notes);
  return error && `One field needs attention: ${error}`;
}

function serverFields(form: VmForm, error: ErrorBody): Record<string, string> {
  if (error.code === 'already_exists') return { name: error.message };
  const fields = Object.entries(error.fields ?? {}).map(([path, message]) => [path.replace(/^spec\./, ''), message]);
  return toFieldKeys(form.draft, Object.fromEntries(fields) as Record<string, string>);
}
