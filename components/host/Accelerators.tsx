'use client';
import type { AcceleratorVerdict, HostView } from '@/lib/shared/host';
import { CodeBlock } from '../ui/Copy';
import { Disclosure } from '../ui/Disclosure';
import { Status } from '../ui/StatusMark';

const TITLES: Record<AcceleratorVerdict['name'], string> = {
  kvm: 'KVM: the processor runs guests itself',
  tcg: 'TCG: QEMU translates, which is slow',
};

/** What guests can run on, each with the verdict of a probe guest. */
export function Accelerators({ host }: { host: HostView }) {
  if (host.accelerators.length === 0) return <p className="text-muted">Nothing was probed yet.</p>;
  return (
    <ul className="flex flex-col">
      {host.accelerators.map((verdict) => (
        <Verdict key={verdict.name} verdict={verdict} isAuto={verdict.name === host.accelerator} />
      ))}
    </ul>
  );
}

function Verdict({ verdict, isAuto }: { verdict: AcceleratorVerdict; isAuto: boolean }) {
  const { works, reason, fix, details } = verdict;
  return (
    <li className="flex flex-col gap-1 border-b py-3 first:pt-0 last:border-b-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <span className="font-medium">{TITLES[verdict.name]}</span>
        <span className="flex items-center gap-3">
          {isAuto && <span className="text-sm text-muted">used for “automatic”</span>}
          <Status kind={works ? 'running' : 'attention'} word={works ? 'Works' : 'Does not work'} />
        </span>
      </div>
      <p className="text-pretty text-muted">{reason}</p>
      {fix && (
        <p className="text-pretty">
          <span className="font-medium">What would help:</span> {fix}
        </p>
      )}
      {details && (
        <Disclosure title="What QEMU said">
          <CodeBlock text={details} label="What QEMU said" />
        </Disclosure>
      )}
    </li>
  );
}
