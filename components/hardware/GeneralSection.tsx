'use client';
import { Switch } from '@/components/ui/Checkbox';
import { Select } from '@/components/ui/Select';
import { TextField } from '@/components/ui/TextField';
import { SYSTEM_PRESETS } from '@/lib/shared/system-presets';
import { VM_SYSTEMS, type VmSystem } from '@/lib/shared/vm';
import type { Hardware } from './use-hardware';

/** The name, and what the VM is for. */
export function GeneralSection({ hardware }: { hardware: Hardware }) {
  const { form, set, editor } = hardware;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="Name"
        value={form.name}
        onChange={(name) => set({ name })}
        error={editor.notes.name?.message}
        help="A running VM keeps running when it gets another name."
        autoComplete="off"
        spellCheck="false"
      />
      <Select<VmSystem>
        label="System"
        help="What Skep’s hints go by; the hardware stays as it is."
        options={VM_SYSTEMS.map((value) => ({
          value,
          label: SYSTEM_PRESETS[value].label,
          about: SYSTEM_PRESETS[value].summary,
        }))}
        value={form.draft.system}
        onChange={(system) => set({ draft: { ...form.draft, system } })}
      />
      <Switch
        isSelected={form.isProtected}
        onChange={(isProtected) => set({ isProtected })}
        help="The VM and its disk files cannot be deleted while this is on."
        className="sm:col-span-2"
      >
        Protect from deletion
      </Switch>
    </div>
  );
}
