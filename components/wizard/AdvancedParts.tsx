'use client';
import { useState, type ReactNode } from 'react';
import { AutostartFields } from '@/components/hardware/AutostartFields';
import { BootOrderSection } from '@/components/hardware/BootOrderSection';
import { CdromsSection } from '@/components/hardware/CdromsSection';
import { DevicesSection } from '@/components/hardware/DevicesSection';
import { DisksSection } from '@/components/hardware/DisksSection';
import { MachineSection } from '@/components/hardware/MachineSection';
import { NicsSection } from '@/components/hardware/NicsSection';
import type { SpecEditor } from '@/components/hardware/spec-editor';
import { Disclosure } from '@/components/ui/Disclosure';
import { TextAreaField } from '@/components/ui/TextField';
import { devicesOf } from '@/lib/shared/device';
import {
  ACCELERATOR_LABELS,
  BUS_LABELS,
  deviceLabel,
  FIRMWARE_LABELS,
  NIC_MODEL_LABELS,
  VIDEO_LABELS,
} from '@/lib/shared/spec-labels';
import type { VmSpecDraft } from '@/lib/shared/vm';
import type { Wizard } from './use-wizard';

/** Every further field, folded; each part shows its present value. A part with an error cannot be folded. */
export function AdvancedParts({ wizard, editor }: { wizard: Wizard; editor: SpecEditor }) {
  const { form, set, fieldNotes } = wizard;
  const { draft, autostart } = form;
  return (
    <div className="flex flex-col gap-1">
      <h2 className="mb-1 text-lg font-semibold">Advanced</h2>
      <Part
        title="Firmware and machine"
        value={machineValue(draft)}
        keys={/^(firmware|machine|accelerator)/}
        editor={editor}
      >
        <MachineSection editor={editor} />
      </Part>
      <Part title="Disks" value={disksValue(draft)} keys={/^devices(\.disk\d|$)/} editor={editor}>
        <DisksSection editor={editor} files={[]} sizeElsewhere="disk0" />
      </Part>
      <Part title="CD-ROM drives" value={cdromsValue(draft)} keys={/^devices(\.cdrom\d|$)/} editor={editor}>
        <CdromsSection editor={editor} />
      </Part>
      <Part title="Network adapters" value={nicsValue(draft)} keys={/^devices\.nic\d\.(model|mac)/} editor={editor}>
        <NicsSection editor={editor} forwardsElsewhere="nic0" />
      </Part>
      <Part
        title="Display and devices"
        value={devicesValue(draft)}
        keys={/^devices\.(video|tablet|serial|rng)/}
        editor={editor}
      >
        <DevicesSection editor={editor} />
      </Part>
      <Part title="Boot order" value={bootValue(draft)} keys={/^boot/} editor={editor}>
        <BootOrderSection editor={editor} />
      </Part>
      <Part
        title="Start with Skep"
        value={autostart.enabled ? `yes, order ${autostart.order}` : 'no'}
        keys={/^autostart/}
        editor={editor}
      >
        <AutostartFields value={autostart} onChange={(next) => set({ autostart: next })} notes={fieldNotes} />
      </Part>
      <Part title="Notes" value={form.notes ? form.notes.split('\n', 1)[0] : 'none'} keys={/^notes/} editor={editor}>
        <TextAreaField
          label="Notes"
          help="Markdown. They stand on the VM’s page."
          error={fieldNotes.notes?.message}
          value={form.notes}
          onChange={(notes) => set({ notes })}
          rows={4}
        />
      </Part>
    </div>
  );
}

interface PartProps {
  title: string;
  value: ReactNode;
  /** The field keys that stand in this part. */
  keys: RegExp;
  editor: SpecEditor;
  children: ReactNode;
}

function Part({ title, value, keys, editor, children }: PartProps) {
  const hasError = Object.entries(editor.notes).some(([key, note]) => note.level === 'error' && keys.test(key));
  const [isOpen, setOpen] = useState(false);
  return (
    <Disclosure title={title} value={value} isOpen={isOpen || hasError} onOpenChange={setOpen}>
      {children}
    </Disclosure>
  );
}

function machineValue(draft: VmSpecDraft): string {
  const accelerator = draft.accelerator === 'auto' ? 'automatic accelerator' : ACCELERATOR_LABELS[draft.accelerator];
  return `${FIRMWARE_LABELS[draft.firmware.kind]}, ${draft.machine.type}, ${accelerator}`;
}

function disksValue(draft: VmSpecDraft): string {
  const disks = devicesOf(draft, 'disk');
  return disks.map((disk) => `${deviceLabel(disk.id)}: ${BUS_LABELS[disk.bus]}, ${disk.format}`).join('; ') || 'none';
}

function cdromsValue(draft: VmSpecDraft): string {
  const cdroms = devicesOf(draft, 'cdrom');
  return cdroms.map((cdrom) => cdrom.media?.file ?? 'empty').join('; ') || 'none';
}

function nicsValue(draft: VmSpecDraft): string {
  const words = devicesOf(draft, 'nic').map(({ model, network }) =>
    [NIC_MODEL_LABELS[model], network.isolated && 'isolated'].filter(Boolean).join(', '),
  );
  return words.join('; ') || 'none';
}

function devicesValue(draft: VmSpecDraft): string {
  const video = devicesOf(draft, 'video')[0];
  const words = { tablet: 'tablet', serial: 'serial port', rng: 'virtio-rng' } as const;
  const present = (['tablet', 'serial', 'rng'] as const).filter((kind) => devicesOf(draft, kind).length > 0);
  return [video ? VIDEO_LABELS[video.model] : 'no display', ...present.map((kind) => words[kind])].join(', ');
}

function bootValue(draft: VmSpecDraft): string {
  return draft.boot.order.map(deviceLabel).join(', then ') || 'nothing';
}
