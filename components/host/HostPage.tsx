'use client';
import { RefreshCw } from 'lucide-react';
import { probeHost } from '@/lib/web/host-actions';
import { formatBytes, formatMiB, formatPercent } from '@/lib/shared/units';
import type { HostView } from '@/lib/shared/host';
import { useHost, useStats } from '../live/live-hooks';
import { Button } from '../ui/Button';
import { CopyableCode } from '../ui/Copy';
import { Fact, Facts, Section } from '../ui/Facts';
import { Banner } from '../ui/Notice';
import { Meter } from '../ui/ProgressBar';
import { useToasts } from '../ui/Toast';
import { useAction } from '../use-action';
import { Accelerators } from './Accelerators';

/** The machine that Skep runs on: how it does now, and what it offers to guests. */
export function HostPage() {
  const host = useHost();
  return (
    <div className="flex max-w-4xl flex-col gap-8 px-3 py-5 md:px-5">
      <div>
        <h1 className="text-xl font-semibold">{host.hostname}</h1>
        <p className="text-muted">
          {host.os}, kernel {host.kernel}
        </p>
      </div>
      {host.problems.map((problem) => (
        <Banner key={problem} kind="attention" title={problem} />
      ))}
      <Now />
      <Section title="QEMU" actions={<ProbeButton />}>
        <QemuFacts host={host} />
      </Section>
      <Section title="Accelerators">
        <Accelerators host={host} />
      </Section>
      <Section title="Skep">
        <Facts>
          <Fact term="Version">{host.skepVersion}</Fact>
          <Fact term="Data">
            <CopyableCode text={host.home} />
          </Fact>
          <Fact term="Library">
            <CopyableCode text={host.libraryFolder} />
          </Fact>
        </Facts>
      </Section>
    </div>
  );
}

/** Above this share of memory or disk it is time to look. */
const HIGH = 0.9;

function Now() {
  const host = useHost();
  const stats = useStats()?.host;
  const memoryTotal = stats?.memoryTotalBytes ?? host.memoryTotalBytes;
  const diskUsed = stats ? stats.diskTotalBytes - stats.diskFreeBytes : 0;
  return (
    <Section title="Now">
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-3">
        <Meter
          label="CPU"
          value={(stats?.cpuPercent ?? 0) / 100}
          text={`${stats ? `${formatPercent(stats.cpuPercent)} of ` : ''}${host.cpuCount === 1 ? '1 core' : `${host.cpuCount} cores`}`}
        />
        <Meter
          label="Memory"
          value={stats ? stats.memoryUsedBytes / memoryTotal : 0}
          high={HIGH}
          text={`${stats ? `${formatBytes(stats.memoryUsedBytes)} of ` : ''}${formatBytes(memoryTotal)}`}
        />
        <Meter
          label="Disk"
          value={stats ? diskUsed / stats.diskTotalBytes : 0}
          high={HIGH}
          text={stats ? `${formatBytes(stats.diskFreeBytes)} free of ${formatBytes(stats.diskTotalBytes)}` : ''}
        />
      </div>
      <Facts>
        <Fact term="Processor">{host.cpuModel}</Fact>
        <Fact term="Given to VMs">
          {stats?.committedMiB ? `${formatMiB(stats.committedMiB)} of memory` : 'No memory'}
        </Fact>
      </Facts>
    </Section>
  );
}

function ProbeButton() {
  const probe = useAction(probeHost);
  const toasts = useToasts();
  const run = async () => {
    const result = await probe.run();
    if (result?.ok) toasts.show({ kind: 'success', title: 'The host was probed again.' });
  };
  return (
    <Button
      size="sm"
      icon={<RefreshCw aria-hidden className="size-3.5" />}
      isPending={probe.isPending}
      onPress={() => void run()}
    >
      Probe again
    </Button>
  );
}

function QemuFacts({ host }: { host: HostView }) {
  return (
    <Facts>
      <Fact term="Version">{host.qemu ? host.qemu.version : 'QEMU is missing'}</Fact>
      {host.qemu && (
        <Fact term="Program">
          <CopyableCode text={host.qemu.path} />
        </Fact>
      )}
      <Fact term="Runs as user">{host.qemuUser}</Fact>
      <Fact term="UEFI firmware">
        {host.uefi.available ? 'Available' : 'Missing'}
        <span className="block text-pretty text-muted">{host.uefi.reason}</span>
      </Fact>
    </Facts>
  );
}
