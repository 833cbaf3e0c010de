'use client';
import { useState } from 'react';
import { useHost } from '@/components/live/live-hooks';
import { RadioGroup, type Choice } from '@/components/ui/RadioGroup';
import { Select } from '@/components/ui/Select';
import type { HostView } from '@/lib/shared/host';
import { setMachineType } from '@/lib/shared/spec-draft';
import { ACCELERATOR_LABELS, deviceLabel, FIRMWARE_LABELS, MACHINE_LABELS } from '@/lib/shared/spec-labels';
import type { VmSpecDraft } from '@/lib/shared/vm';
import { fieldTexts, type SpecEditor } from './spec-editor';

type Machine = VmSpecDraft['machine']['type'];
type Accelerator = VmSpecDraft['accelerator'];
type Firmware = VmSpecDraft['firmware']['kind'];

/** Firmware, machine type, accelerator. */
export function MachineSection({ editor }: { editor: SpecEditor }) {
  const host = useHost();
  const [moved, setMoved] = useState<string[]>([]);
  const { draft, change } = editor;
  const changeMachine = (type: Machine) => {
    const result = setMachineType(draft, type);
    setMoved(result.moved);
    change(result.draft);
  };
  return (
    <div className="flex flex-col gap-4">
      <RadioGroup<Firmware>
        label="Firmware"
        {...fieldTexts(editor, 'firmware.kind')}
        choices={firmwareChoices(host)}
        value={draft.firmware.kind}
        onChange={(kind) => change({ ...draft, firmware: { kind } })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select<Machine>
          label="Machine type"
          {...fieldTexts(editor, 'machine.type', machineHelp(draft, moved))}
          options={[
            { value: 'q35', label: MACHINE_LABELS.q35, about: 'For every system of the last 15 years' },
            { value: 'pc', label: MACHINE_LABELS.pc, about: 'For older systems' },
          ]}
          value={draft.machine.type}
          onChange={changeMachine}
        />
        <Select<Accelerator>
          label="Accelerator"
          {...fieldTexts(editor, 'accelerator', acceleratorHelp(draft.accelerator, host))}
          options={acceleratorOptions(host)}
          value={draft.accelerator}
          onChange={(accelerator) => change({ ...draft, accelerator })}
        />
      </div>
    </div>
  );
}

function firmwareChoices(host: HostView): Choice<Firmware>[] {
  return [
    { value: 'bios', label: FIRMWARE_LABELS.bios, about: 'SeaBIOS. Boots everything but the newest systems.' },
    {
      value: 'uefi',
      label: FIRMWARE_LABELS.uefi,
      about:
        'OVMF, with its variables kept for each VM. A system installed with one firmware does not boot with the other.',
      disabledReason: host.uefi.available ? null : host.uefi.reason,
    },
  ];
}

function machineHelp(draft: VmSpecDraft, moved: string[]): string | undefined {
  if (moved.length > 0) {
    const bus = draft.machine.type === 'q35' ? 'SATA' : 'IDE';
    return `${moved.map(deviceLabel).join(', ')} moved to ${bus}, the bus that this machine boots from.`;
  }
  return draft.machine.version
    ? `Version ${draft.machine.version}, kept when QEMU is upgraded.`
    : 'Its version is fixed when the VM is saved, so that a newer QEMU does not change the hardware.';
}

function acceleratorOptions(host: HostView) {
  return [
    {
      value: 'auto' as const,
      label: ACCELERATOR_LABELS.auto,
      about: `The fastest that works here: ${host.accelerator.toUpperCase()}`,
    },
    ...host.accelerators.map((verdict) => ({
      value: verdict.name,
      label: ACCELERATOR_LABELS[verdict.name],
      about: verdict.reason,
      disabledReason: verdict.works ? null : [verdict.reason, verdict.fix].filter(Boolean).join(' '),
    })),
  ];
}

/** Which one runs and, when it is TCG, why and what would fix it. */
function acceleratorHelp(chosen: Accelerator, host: HostView): string {
  const used = chosen === 'auto' ? host.accelerator : chosen;
  if (used === 'kvm') return 'Runs with KVM: the guest’s code runs on the CPU itself.';
  const kvm = host.accelerators.find((verdict) => verdict.name === 'kvm');
  const why = chosen === 'auto' && kvm && !kvm.works ? ` ${[kvm.reason, kvm.fix].filter(Boolean).join(' ')}` : '';
  return `Runs with TCG: the guest’s code is translated in software, many times slower.${why}`;
}
