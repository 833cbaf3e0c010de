'use client';
import type { VmEvent } from '@/lib/shared/events';
import { formatBytes, formatMiB, formatPercent } from '@/lib/shared/units';
import type { VmView } from '@/lib/shared/vm';
import { useVm, useVmStats } from '../live/live-hooks';
import { VmTasks } from '../tasks/VmTasks';
import { Section } from '../ui/Facts';
import { ErrorNotice } from '../ui/Notice';
import { Meter } from '../ui/ProgressBar';
import { CommandLine } from './CommandLine';
import { CrashPanel } from './CrashPanel';
import { EventList } from './EventList';
import { Notes } from './Notes';
import { QemuLog } from './QemuLog';
import { VmDisks } from './VmDisks';
import { VmFacts } from './VmFacts';

/** What a VM is and how it does. */
export function Overview({ name, events }: { name: string; events: readonly VmEvent[] }) {
  const vm = useVm(name);
  if (!vm) return null;
  return (
    <div className="flex max-w-4xl flex-col gap-8 px-3 py-5 md:px-5">
      {vm.problem && <ErrorNotice error={vm.problem} />}
      {vm.status === 'crashed' && <CrashPanel vm={vm} />}
      {!vm.problem && <Now vm={vm} />}
      {!vm.problem && <VmFacts vm={vm} />}
      <VmTasks vmId={vm.id} />
      <VmDisks vm={vm} />
      <Notes key={vm.id} vm={vm} />
      <EventList vm={vm} initial={events} />
      <Section title="QEMU">
        <QemuLog vm={vm} />
        {!vm.problem && <CommandLine vm={vm} />}
      </Section>
    </div>
  );
}

/** CPU and memory now. The meters stand there while it is off too, so that nothing moves when it starts. */
function Now({ vm }: { vm: VmView }) {
  const stats = useVmStats(vm.id);
  const { cpu, memoryMiB } = vm.runningSpec ?? vm.spec;
  const memoryBytes = memoryMiB * 1024 ** 2;
  const cpus = cpu.count === 1 ? '1 CPU' : `${cpu.count} CPUs`;
  return (
    <div className="grid max-w-2xl gap-x-8 gap-y-3 sm:grid-cols-2">
      <Meter
        label="CPU now"
        value={stats ? stats.cpuPercent / (100 * cpu.count) : 0}
        text={stats ? `${formatPercent(stats.cpuPercent)} of ${cpus}` : cpus}
      />
      <Meter
        label="Memory now"
        value={stats ? stats.memoryBytes / memoryBytes : 0}
        text={stats ? `${formatBytes(stats.memoryBytes)} of ${formatMiB(memoryMiB)}` : formatMiB(memoryMiB)}
      />
    </div>
  );
}
