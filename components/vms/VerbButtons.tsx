'use client';
import {
  CirclePause,
  CirclePlay,
  EllipsisVertical,
  FolderInput,
  HardDriveDownload,
  HardDriveUpload,
  Power,
  PowerOff,
  RefreshCw,
  RotateCcw,
  Tags,
  Trash2,
  Undo2,
  X,
} from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import { vmPath } from '@/lib/shared/paths';
import { VERB_LABELS, whyNot } from '@/lib/shared/vm-can';
import type { VmVerb, VmView } from '@/lib/shared/vm';
import { MoveDialog } from '../organise/MoveDialog';
import { TagsDialog } from '../organise/TagsDialog';
import { Button, IconButton, type ButtonKind } from '../ui/Button';
import { Menu, MenuItem, MenuLine } from '../ui/Menu';
import { DeleteDialog } from './DeleteDialog';
import { usePendingVerb } from './pending-verbs';
import { usePower } from './use-power';
import { mainVerbs, menuVerbs, type PowerVerb } from './verbs';

const ICON = { 'aria-hidden': true, className: 'size-4' } as const;

const ICONS: Record<VmVerb, ReactNode> = {
  start: <CirclePlay {...ICON} />,
  shutdown: <Power {...ICON} />,
  reboot: <RefreshCw {...ICON} />,
  reset: <RotateCcw {...ICON} />,
  'force-off': <PowerOff {...ICON} />,
  pause: <CirclePause {...ICON} />,
  resume: <CirclePlay {...ICON} />,
  save: <HardDriveDownload {...ICON} />,
  restore: <HardDriveUpload {...ICON} />,
  'discard-state': <Undo2 {...ICON} />,
  cancel: <X {...ICON} />,
  delete: <Trash2 {...ICON} />,
};

/** Why a verb cannot be used now; a verb that was just asked for counts as under way. */
function useReason(vm: VmView): (verb: VmVerb) => string | null {
  const pending = usePendingVerb(vm);
  return (verb) => {
    if (pending && verb !== 'force-off')
      return `${vm.name} is busy: “${VERB_LABELS[pending].toLowerCase()}” is still under way.`;
    return whyNot(verb, vm);
  };
}

interface VerbsProps {
  vm: VmView;
  /** Called after a delete was done, before the page is left. */
  onDeleted?: () => void;
}

/** The one to two verbs that make sense now. */
export function MainVerbs({ vm, size = 'md' }: { vm: VmView; size?: 'md' | 'sm' }) {
  const power = usePower();
  const reason = useReason(vm);
  const kindOf = (verb: PowerVerb, i: number): ButtonKind =>
    i === 0 && ['start', 'resume', 'restore'].includes(verb) ? 'primary' : 'normal';
  return (
    <>
      {mainVerbs(vm).map((verb, i) => (
        <Button
          key={verb}
          size={size}
          kind={kindOf(verb, i)}
          icon={ICONS[verb]}
          disabledReason={reason(verb)}
          onPress={() => void power.run(vm, verb)}
        >
          {VERB_LABELS[verb]}
        </Button>
      ))}
    </>
  );
}

/** The likeliest verbs as icons, for the row of a table. */
export function RowVerbs({ vm }: { vm: VmView }) {
  const power = usePower();
  const reason = useReason(vm);
  return (
    <span className="flex items-center justify-end gap-0.5">
      {mainVerbs(vm).map((verb) => (
        <IconButton
          key={verb}
          size="sm"
          hasLightTip
          label={`${VERB_LABELS[verb]} ${vm.name}`}
          icon={ICONS[verb]}
          disabledReason={reason(verb)}
          onPress={() => void power.run(vm, verb)}
          className="text-muted hover:text-body"
        />
      ))}
      <VerbMenu vm={vm} size="sm" hasPages />
    </span>
  );
}

/** Everything else that can be done with a VM. */
export function VerbMenu({
  vm,
  onDeleted,
  size = 'md',
  hasPages,
}: VerbsProps & { size?: 'md' | 'sm'; hasPages?: boolean }) {
  const router = useRouter();
  const power = usePower();
  const reason = useReason(vm);
  const [dialog, setDialog] = useState<'move' | 'tags' | 'delete' | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <Menu
        label={`Actions of ${vm.name}`}
        trigger={
          <IconButton
            size={size}
            hasLightTip={size === 'sm'}
            kind={size === 'md' ? 'normal' : 'quiet'}
            label={`More actions of ${vm.name}`}
            icon={<EllipsisVertical {...ICON} />}
          />
        }
      >
        {hasPages && <MenuItem onAction={() => router.push(vmPath(vm.name, 'display'))}>Open the display</MenuItem>}
        {hasPages && (
          <MenuItem onAction={() => router.push(vmPath(vm.name, 'console'))}>Open the serial console</MenuItem>
        )}
        {hasPages && <MenuLine />}
        {menuVerbs(vm).map((verb) => (
          <MenuItem
            key={verb}
            icon={ICONS[verb]}
            disabledReason={reason(verb)}
            onAction={() => void power.run(vm, verb)}
          >
            {VERB_LABELS[verb]}
          </MenuItem>
        ))}
        {menuVerbs(vm).length > 0 && <MenuLine />}
        <MenuItem icon={<FolderInput {...ICON} />} onAction={() => setDialog('move')}>
          Move to folder…
        </MenuItem>
        <MenuItem icon={<Tags {...ICON} />} onAction={() => setDialog('tags')}>
          Tags…
        </MenuItem>
        <MenuLine />
        <MenuItem icon={ICONS.delete} isDanger disabledReason={reason('delete')} onAction={() => setDialog('delete')}>
          Delete…
        </MenuItem>
      </Menu>
      {dialog === 'move' && <MoveDialog vms={[vm]} onClose={close} />}
      {dialog === 'tags' && <TagsDialog vms={[vm]} onClose={close} />}
      {dialog === 'delete' && <DeleteDialog vm={vm} onClose={close} onDeleted={onDeleted} />}
    </>
  );
}
