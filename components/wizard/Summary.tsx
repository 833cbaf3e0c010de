'use client';
import { CodeBlock } from '@/components/ui/Copy';
import { Disclosure } from '@/components/ui/Disclosure';
import { Fact, Facts } from '@/components/ui/Facts';
import { ErrorNotice } from '@/components/ui/Notice';
import { formatCommand } from '@/lib/shared/command-text';
import { devicesOf } from '@/lib/shared/device';
import { diskSourceLabel, forwardLabel, specSummary } from '@/lib/shared/spec-labels';
import { SYSTEM_PRESETS } from '@/lib/shared/system-presets';
import type { VmSpecDraft } from '@/lib/shared/vm';
import type { PreviewState } from './use-preview';

interface SummaryProps {
  name: string;
  draft: VmSpecDraft;
  commands: PreviewState;
}

/** What will be made, and the exact commands that make and start it. */
export function Summary({ name, draft, commands }: SummaryProps) {
  const disks = devicesOf(draft, 'disk');
  const discs = devicesOf(draft, 'cdrom').flatMap((cdrom) => cdrom.media?.file ?? []);
  const forwards = devicesOf(draft, 'nic').flatMap((nic) => nic.network.forwards);
  return (
    <div className="flex flex-col gap-3">
      <h2 className="text-lg font-semibold">Summary</h2>
      <Facts className="sm:grid-cols-[5.5rem_minmax(0,1fr)]!">
        <Fact term="Name">{name}</Fact>
        <Fact term="System">{SYSTEM_PRESETS[draft.system].label}</Fact>
        <Fact term="Hardware">{specSummary(draft)}</Fact>
        <Fact term="Disks">{disks.map((disk) => diskSourceLabel(disk.source)).join('; ') || 'none'}</Fact>
        <Fact term="CD-ROM">{discs.join('; ')}</Fact>
        <Fact term="Forwards">{forwards.map(forwardLabel).join('; ')}</Fact>
      </Facts>
      <Commands commands={commands} />
    </div>
  );
}

function Commands({ commands: { preview, error, isOutdated } }: { commands: PreviewState }) {
  if (error) return <ErrorNotice error={error} />;
  if (!preview) return null;
  const text = [...preview.disks, preview.qemu].map(formatCommand).join('\n\n');
  return (
    <Disclosure title="Commands" value="what Skep will run" defaultOpen>
      <div className="-ml-6 flex flex-col gap-1.5">
        {isOutdated && <p className="text-sm text-attention">Of the last input without errors.</p>}
        <CodeBlock text={text} label="Commands" />
        <p className="text-sm text-muted">The zeros stand for the id that the VM gets when it is made.</p>
      </div>
    </Disclosure>
  );
}
