'use client';
import type { ReactNode } from 'react';
import { devicesOf } from '@/lib/shared/device';
import { vmPath } from '@/lib/shared/paths';
import { SYSTEM_PRESETS } from '@/lib/shared/system-presets';
import { formatMiB } from '@/lib/shared/units';
import type { VmSpec, VmView } from '@/lib/shared/vm';
import { Code, CopyableCode } from '../ui/Copy';
import { Fact, Facts, Section } from '../ui/Facts';
import { ButtonLink } from '../ui/Link';
import { Time } from '../ui/Time';
import { ForwardsList } from './ForwardLinks';

/** The facts of a VM, in one column. Shown is what it runs with. */
export function VmFacts({ vm }: { vm: VmView }) {
  const spec = vm.runningSpec ?? vm.spec;
  const edit = (
    <ButtonLink href={vmPath(vm.name, 'hardware')} size="sm" kind="quiet">
      Edit hardware
    </ButtonLink>
  );
  return (
    <Section title="Facts" actions={edit}>
      <Facts>
        <Fact term="System">{SYSTEM_PRESETS[spec.system].label}</Fact>
        <Fact term="Processor">
          {spec.cpu.count === 1 ? '1 CPU' : `${spec.cpu.count} CPUs`}, {spec.architecture}
        </Fact>
        <Fact term="Memory">{formatMiB(spec.memoryMiB)}</Fact>
        <Fact term="Machine">
          {spec.machine.type}
          {spec.machine.version && ` ${spec.machine.version}`}, {spec.firmware.kind === 'uefi' ? 'UEFI' : 'BIOS'}
        </Fact>
        <Fact term="Forwards">
          <ForwardsList spec={spec} />
        </Fact>
        <Fact term="Network">
          <Nics spec={spec} />
        </Fact>
        <Fact term="CD-ROM">
          <Cdroms spec={spec} />
        </Fact>
        <Fact term="Autostart">{autostartText(vm)}</Fact>
        {vm.savedAt && (
          <Fact term="Saved">
            <Time at={vm.savedAt} />
          </Fact>
        )}
        <Fact term="Created">
          <Time at={vm.createdAt} />
        </Fact>
        {vm.pid !== null && (
          <Fact term="QEMU's process">
            <Code>{vm.pid}</Code>
          </Fact>
        )}
        <Fact term="UUID">
          <CopyableCode text={vm.id} />
        </Fact>
      </Facts>
    </Section>
  );
}

function List({ items, none }: { items: { key: string; content: ReactNode }[]; none: string }) {
  if (items.length === 0) return <span className="text-muted">{none}</span>;
  return (
    <ul className="flex flex-col gap-1">
      {items.map((item) => (
        <li key={item.key}>{item.content}</li>
      ))}
    </ul>
  );
}

function Nics({ spec }: { spec: VmSpec }) {
  const items = devicesOf(spec, 'nic').map((nic) => ({
    key: nic.id,
    content: (
      <>
        {nic.network.isolated ? 'Isolated' : 'Behind the host (user networking)'}, {nic.model}, <Code>{nic.mac}</Code>
      </>
    ),
  }));
  return <List items={items} none="No network card" />;
}

function Cdroms({ spec }: { spec: VmSpec }) {
  const items = devicesOf(spec, 'cdrom').map((drive) => ({
    key: drive.id,
    content: drive.media ? drive.media.file : <span className="text-muted">Empty</span>,
  }));
  return <List items={items} none="No drive" />;
}

function autostartText({ autostart }: VmView): string {
  if (!autostart.enabled) return 'Off';
  const wait = autostart.delaySeconds > 0 ? `, ${autostart.delaySeconds} s after the one before it` : '';
  return `Starts with Skep as number ${autostart.order}${wait}`;
}
