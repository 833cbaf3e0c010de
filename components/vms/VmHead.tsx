'use client';
import { useRouter } from 'next/navigation';
import { PATHS } from '@/lib/shared/paths';
import { formatClock } from '@/lib/shared/units';
import { isAlive, type VmView } from '@/lib/shared/vm';
import { ProgressBar } from '../ui/ProgressBar';
import { Status } from '../ui/StatusMark';
import { Since, useNow } from '../ui/Time';
import { Hint } from '../ui/Tooltip';
import { AcceleratorBadge } from './AcceleratorBadge';
import { useShownStatus } from './pending-verbs';
import { ProtectedMark } from './ProtectedMark';
import { MainVerbs, VerbMenu } from './VerbButtons';

/** A guest that has not gone off after this long probably ignores the request. */
const PATIENCE_MS = 20_000;

/** Name, status with its reason, the verbs that make sense now. All heights are fixed: it never jumps. */
export function VmHead({ vm }: { vm: VmView }) {
  const router = useRouter();
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-6 gap-y-2 px-3 pt-3 pb-1 md:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex items-center gap-2">
          <h1 className="truncate text-xl font-semibold">{vm.name}</h1>
          {vm.isProtected && <ProtectedMark />}
        </div>
        <StatusLine vm={vm} />
      </div>
      <div className="flex h-8 items-center gap-2 pointer-coarse:h-10">
        <MainVerbs vm={vm} />
        <VerbMenu vm={vm} onDeleted={() => router.replace(PATHS.vms)} />
      </div>
    </header>
  );
}

function StatusLine({ vm }: { vm: VmView }) {
  const { kind, word } = useShownStatus(vm);
  return (
    <div className="flex h-6 items-center gap-3 overflow-hidden whitespace-nowrap text-muted">
      <Status kind={kind} word={word} className="text-body" />
      <span role="status" className="sr-only">
        {vm.name}: {word}
      </span>
      <StatusDetail vm={vm} />
      {isAlive(vm.status) && <AcceleratorBadge vm={vm} />}
      {vm.runningSpec && (
        <Hint
          className="truncate text-attention"
          text="The hardware was changed while the VM runs. The changes come with its next start; a reboot inside the guest is not enough."
        >
          Changes wait for a restart
        </Hint>
      )}
    </div>
  );
}

function StatusDetail({ vm }: { vm: VmView }) {
  const { operation, shutdownRequestedAt, startedAt, reason, status } = vm;
  if (operation && operation.progress !== null)
    return (
      <>
        <ProgressBar label={`Progress of ${vm.name}`} value={operation.progress} hideLabel className="w-24" />
        <span className="tabular">{Math.round(operation.progress * 100)} %</span>
      </>
    );
  if (operation && !reason) return <Since at={operation.startedAt} className="tabular" />;
  if (status === 'stopping' && shutdownRequestedAt) return <ShutdownTimer since={shutdownRequestedAt} />;
  if (reason)
    return (
      <span className="min-w-0 truncate" title={reason}>
        {reason}
      </span>
    );
  if (status === 'running' && startedAt)
    return (
      <span className="tabular">
        for <Since at={startedAt} />
      </span>
    );
  return null;
}

function ShutdownTimer({ since }: { since: string }) {
  const now = useNow();
  if (now === null) return null;
  const waited = now - Date.parse(since);
  return (
    <>
      <span className="tabular">{formatClock(waited)}</span>
      {waited < PATIENCE_MS ? (
        <span className="min-w-0 truncate">The guest was asked to shut down.</span>
      ) : (
        <Hint
          className="min-w-0 truncate text-attention"
          text="Some guests ignore the power button, or wait for an answer at their screen. Force off ends it at once."
        >
          The guest has not gone off yet. Force off?
        </Hint>
      )}
    </>
  );
}
