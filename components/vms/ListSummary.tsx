'use client';
import { formatBytes, formatMiB, formatPercent } from '@/lib/shared/units';
import type { VmStatus, VmView } from '@/lib/shared/vm';
import { useStats } from '../live/live-hooks';
import { StatusMark } from '../ui/StatusMark';
import { countByStatus, statusOf } from './status';

/** One line above the list: how many are in which state, and how the host does. */
export function ListSummary({ vms, shownCount }: { vms: readonly VmView[]; shownCount: number }) {
  const host = useStats()?.host;
  return (
    <div className="flex h-10 shrink-0 items-center gap-6 border-b px-3 whitespace-nowrap text-muted md:px-5">
      <div className="flex h-5 min-w-0 flex-1 flex-wrap gap-x-4 overflow-hidden">
        {shownCount < vms.length && (
          <span aria-live="polite">
            {shownCount} of {vms.length}
          </span>
        )}
        {countByStatus(vms).map(({ status, count }) => (
          <StatusCount key={status} status={status} count={count} />
        ))}
      </div>
      {host && (
        <span className="hidden gap-4 tabular lg:flex">
          <span>Host CPU {formatPercent(host.cpuPercent)}</span>
          <span title={`${formatMiB(host.committedMiB)} are given to running VMs.`}>
            Memory {formatBytes(host.memoryUsedBytes)} of {formatBytes(host.memoryTotalBytes)}
          </span>
        </span>
      )}
    </div>
  );
}

/** On a phone the mark and the number; the word is still there for screen readers. */
function StatusCount({ status, count }: { status: VmStatus; count: number }) {
  const { kind, word } = statusOf(status);
  return (
    <span className="inline-flex items-center gap-1.5 tabular" title={`${count} ${word.toLowerCase()}`}>
      <StatusMark kind={kind} />
      {`${count} `}
      <span className="max-sm:sr-only">{word.toLowerCase()}</span>
    </span>
  );
}
