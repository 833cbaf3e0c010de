'use client';
import { formatBytes, formatMiB, formatPercent } from '@/lib/shared/units';
import type { VmView } from '@/lib/shared/vm';
import { useStats } from '../live/live-hooks';
import { Status } from '../ui/StatusMark';
import { countByStatus, statusOf } from './status';

/** One line above the list: how many are in which state, and how the host does. */
export function ListSummary({ vms, shownCount }: { vms: readonly VmView[]; shownCount: number }) {
  const host = useStats()?.host;
  return (
    <div className="flex h-10 shrink-0 items-center gap-4 overflow-x-auto border-b px-3 whitespace-nowrap text-muted md:px-5">
      {shownCount < vms.length && (
        <span aria-live="polite">
          {shownCount} of {vms.length}
        </span>
      )}
      {countByStatus(vms).map(({ status, count }) => (
        <Status
          key={status}
          kind={statusOf(status).kind}
          word={`${count} ${statusOf(status).word.toLowerCase()}`}
          className="tabular"
        />
      ))}
      {host && (
        <span className="ml-auto flex gap-4 tabular">
          <span>CPU {formatPercent(host.cpuPercent)}</span>
          <span>
            Memory {formatBytes(host.memoryUsedBytes)} of {formatBytes(host.memoryTotalBytes)}
          </span>
          <span className="hidden lg:inline">{formatMiB(host.committedMiB)} given to VMs</span>
        </span>
      )}
    </div>
  );
}
