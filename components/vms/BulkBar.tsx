'use client';
import { FolderInput, Tags, X } from 'lucide-react';
import { useState } from 'react';
import { VERB_LABELS, can, whyNot } from '@/lib/shared/vm-can';
import type { VmView } from '@/lib/shared/vm';
import { MoveDialog } from '../organise/MoveDialog';
import { TagsDialog } from '../organise/TagsDialog';
import { Button, IconButton } from '../ui/Button';
import { usePower } from './use-power';
import type { PowerVerb } from './verbs';

const BULK_VERBS: readonly PowerVerb[] = ['start', 'shutdown', 'pause', 'resume', 'force-off'];

/** Why a verb is possible for none of them, or null. */
function bulkReason(verb: PowerVerb, vms: readonly VmView[]): string | null {
  if (vms.some((vm) => can(verb, vm))) return null;
  const [only] = vms;
  return vms.length === 1 && only
    ? whyNot(verb, only)
    : `${VERB_LABELS[verb]} is possible for none of these ${vms.length} VMs now.`;
}

/** What can be done with the selected VMs. Takes the summary's place, so that nothing moves. */
export function BulkBar({ vms, onClear }: { vms: readonly VmView[]; onClear: () => void }) {
  const power = usePower();
  const [dialog, setDialog] = useState<'move' | 'tags' | null>(null);
  const close = () => setDialog(null);
  return (
    <div
      role="toolbar"
      aria-label="Selected virtual machines"
      className="flex h-10 shrink-0 items-center gap-2 overflow-x-auto border-b bg-selected px-3 md:px-5"
    >
      <span className="mr-2 whitespace-nowrap tabular" aria-live="polite">
        {vms.length} selected
      </span>
      {BULK_VERBS.map((verb) => (
        <Button
          key={verb}
          size="sm"
          disabledReason={bulkReason(verb, vms)}
          onPress={() => void power.runMany(vms, verb)}
        >
          {VERB_LABELS[verb]}
        </Button>
      ))}
      <Button size="sm" icon={<FolderInput aria-hidden className="size-4" />} onPress={() => setDialog('move')}>
        Move to folder…
      </Button>
      <Button size="sm" icon={<Tags aria-hidden className="size-4" />} onPress={() => setDialog('tags')}>
        Tags…
      </Button>
      {dialog === 'move' && <MoveDialog vms={vms} onClose={close} />}
      {dialog === 'tags' && <TagsDialog vms={vms} onClose={close} />}
      <IconButton
        size="sm"
        label="Clear the selection"
        icon={<X aria-hidden className="size-4" />}
        onPress={onClear}
        className="ml-auto"
      />
    </div>
  );
}
