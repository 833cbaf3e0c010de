'use client';
import { AppWindow, CircleHelp, Flame, Grid2x2, Terminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Banner } from '@/components/ui/Notice';
import { RadioGroup } from '@/components/ui/RadioGroup';
import { SYSTEM_PRESETS } from '@/lib/shared/system-presets';
import { VM_SYSTEMS, type VmSystem } from '@/lib/shared/vm';

const ICONS: Record<VmSystem, ReactNode> = {
  linux: <Terminal aria-hidden className="size-5" />,
  'windows-11': <Grid2x2 aria-hidden className="size-5" />,
  'windows-10': <AppWindow aria-hidden className="size-5" />,
  bsd: <Flame aria-hidden className="size-5" />,
  other: <CircleHelp aria-hidden className="size-5" />,
};

/** Which system the VM is for: each has its own sane hardware. */
export function SystemField({ value, onChange }: { value: VmSystem; onChange: (system: VmSystem) => void }) {
  const { caution } = SYSTEM_PRESETS[value];
  return (
    <div className="flex flex-col gap-2">
      <RadioGroup<VmSystem>
        label="System"
        look="cards"
        choices={VM_SYSTEMS.map((system) => ({
          value: system,
          label: SYSTEM_PRESETS[system].label,
          about: SYSTEM_PRESETS[system].summary,
          icon: ICONS[system],
        }))}
        value={value}
        onChange={onChange}
      />
      {caution && <Banner kind="attention" title={caution} />}
    </div>
  );
}
