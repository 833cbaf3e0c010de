'use client';
import { useVmById } from '@/components/live/live-hooks';
import { Button } from '@/components/ui/Button';
import { Section } from '@/components/ui/Facts';
import { Banner } from '@/components/ui/Notice';
import { useAction } from '@/components/use-action';
import { devicesOf } from '@/lib/shared/device';
import { isAlive, type VmView } from '@/lib/shared/vm';
import { setMedia } from '@/lib/web/hardware-actions';
import { AutostartFields } from './AutostartFields';
import { BootOrderSection } from './BootOrderSection';
import { CdromsSection } from './CdromsSection';
import { DevicesSection } from './DevicesSection';
import { DisksSection } from './DisksSection';
import { GeneralSection } from './GeneralSection';
import { MachineSection } from './MachineSection';
import { NicsSection } from './NicsSection';
import { ProcessorSection } from './ProcessorSection';
import { SaveBar } from './SaveBar';
import { UnattachedDisks } from './UnattachedDisks';
import { useHardware, whyReadOnly, type Hardware } from './use-hardware';

/** A VM's hardware: everything of its definition, editable, with one Save. */
export function HardwarePage({ vmId }: { vmId: string }) {
  const vm = useVmById(vmId);
  // Deleted by somebody; the VM's layout says so.
  return vm ? <HardwareForm vm={vm} /> : null;
}

function HardwareForm({ vm }: { vm: VmView }) {
  const hardware = useHardware(vm);
  const { editor, form, set } = hardware;
  return (
    <div
      // Without a field that takes focus, the keyboard needs another place to scroll from.
      {...(editor.isReadOnly ? { tabIndex: 0, role: 'region', 'aria-label': `Hardware of ${vm.name}` } : {})}
      className="relative max-w-4xl px-4 pt-5 md:px-6"
    >
      <Banners vm={vm} hardware={hardware} />
      <fieldset
        disabled={editor.isReadOnly}
        // What gets focus is scrolled clear of the save bar.
        className="flex min-w-0 flex-col gap-9 pb-10 [&_:is(input,button)]:scroll-mb-24 [&:disabled_:is(input,button)]:opacity-60"
      >
        <legend className="sr-only">Hardware of {vm.name}</legend>
        <Section title="General">
          <GeneralSection hardware={hardware} />
        </Section>
        <Section title="Processor and memory">
          <ProcessorSection editor={editor} />
        </Section>
        <Section title="Disks">
          <DisksSection editor={editor} files={vm.disks} />
          <UnattachedDisks vm={vm} editor={editor} />
        </Section>
        <Section title="CD-ROM drives">
          <LiveCdroms vm={vm} hardware={hardware} />
        </Section>
        <Section title="Network">
          <NicsSection editor={editor} />
        </Section>
        <Section title="Display and devices">
          <DevicesSection editor={editor} />
        </Section>
        <Section title="Firmware and machine">
          <MachineSection editor={editor} />
        </Section>
        <Section title="Boot order">
          <BootOrderSection editor={editor} />
        </Section>
        <Section title="Start with Skep">
          <AutostartFields value={form.autostart} onChange={(autostart) => set({ autostart })} notes={editor.notes} />
        </Section>
      </fieldset>
      <SaveBar hardware={hardware} />
    </div>
  );
}

/** What concerns the whole page: it cannot be edited, it was edited elsewhere, it waits for a restart. */
function Banners({ vm, hardware }: { vm: VmView; hardware: Hardware }) {
  const readOnlyReason = whyReadOnly(vm);
  if (readOnlyReason) return <Banner kind="info" title={readOnlyReason} className="mb-5" />;
  if (hardware.isConflict) {
    return (
      <Banner
        kind="attention"
        title={`${vm.name} was changed elsewhere while you edited it.`}
        actions={<Button onPress={hardware.revert}>Take over the new version</Button>}
        className="mb-5"
      >
        Saving would undo that change. Taking over the new version drops yours.
      </Banner>
    );
  }
  if (!isAlive(vm.status) || !vm.runningSpec) return null;
  return (
    <Banner kind="info" title={`${vm.name} still runs with its earlier hardware.`} className="mb-5">
      The marked fields take effect when it is shut down and started again; a reboot keeps what it has now.
    </Banner>
  );
}

/** Discs of drives that the running VM has are changed at once, everything else with Save. */
function LiveCdroms({ vm, hardware }: { vm: VmView; hardware: Hardware }) {
  const { run } = useAction(setMedia);
  const isLive = vm.status === 'running' || vm.status === 'paused';
  const saved = devicesOf(vm.spec, 'cdrom').map((cdrom) => cdrom.id);
  const running = devicesOf(vm.runningSpec ?? vm.spec, 'cdrom').map((cdrom) => cdrom.id);
  return (
    <CdromsSection
      editor={hardware.editor}
      changeNow={isLive ? (cdromId, libraryFile) => void run(vm.name, cdromId, libraryFile) : null}
      liveIds={running.filter((id) => saved.includes(id))}
    />
  );
}
