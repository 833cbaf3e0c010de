'use client';
import { useState } from 'react';
import { formatBytes } from '@/lib/shared/units';
import type { VmView } from '@/lib/shared/vm';
import { removeVm } from '@/lib/web/vm-actions';
import { useHost } from '../live/live-hooks';
import { Checkbox } from '../ui/Checkbox';
import { Code } from '../ui/Copy';
import { ConfirmDialog } from '../ui/Dialog';
import { ErrorNotice } from '../ui/Notice';
import { useToasts } from '../ui/Toast';
import { callAction } from '../use-action';
import type { ErrorBody } from '@/lib/shared/errors';

interface DeleteDialogProps {
  vm: VmView;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Asks before a VM is deleted: names it, lists its disks with sizes, and says which of them go. */
export function DeleteDialog({ vm, onClose, onDeleted }: DeleteDialogProps) {
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const toasts = useToasts();
  const remove = async () => {
    setPending(true);
    setError(null);
    const result = await callAction(() => removeVm(vm.name, [...kept]));
    setPending(false);
    if (!result.ok) return setError(result.error);
    toasts.show({
      kind: 'success',
      title: `${vm.name} is deleted.`,
      text: kept.size > 0 ? 'The kept disks are in the library.' : undefined,
    });
    onClose();
    onDeleted?.();
  };
  const keep = (file: string, isKept: boolean) => {
    const next = new Set(kept);
    if (isKept) next.add(file);
    else next.delete(file);
    setKept(next);
  };
  return (
    <ConfirmDialog
      title={`Delete ${vm.name}?`}
      isOpen
      isDanger
      isPending={isPending}
      typed={vm.name}
      confirmLabel={`Delete ${vm.name}`}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3">
        <p className="text-pretty">
          The VM, its settings, notes{vm.savedAt ? ', saved state' : ''} and events are deleted.{' '}
          <strong>This cannot be undone.</strong>
        </p>
        <DiskChoices vm={vm} kept={kept} onKeep={keep} />
        {error && <ErrorNotice error={error} />}
      </div>
    </ConfirmDialog>
  );
}

function DiskChoices({
  vm,
  kept,
  onKeep,
}: {
  vm: VmView;
  kept: ReadonlySet<string>;
  onKeep: (file: string, isKept: boolean) => void;
}) {
  const { libraryFolder } = useHost();
  if (vm.disks.length === 0) return <p className="text-muted">It has no disks.</p>;
  const gone = vm.disks.filter((disk) => !kept.has(disk.file));
  const freed = gone.reduce((sum, disk) => sum + disk.allocatedBytes, 0);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">Its disks</legend>
      {vm.disks.map((disk) => (
        <Checkbox
          key={disk.file}
          isSelected={kept.has(disk.file)}
          onChange={(isKept) => onKeep(disk.file, isKept)}
          help={kept.has(disk.file) ? 'Moves to the library.' : 'Is deleted.'}
        >
          Keep <Code>{disk.file}</Code>{' '}
          <span className="text-muted">
            ({formatBytes(disk.virtualBytes)}, {formatBytes(disk.allocatedBytes)} on the host
            {disk.deviceId ? '' : ', not attached'})
          </span>
        </Checkbox>
      ))}
      <p className="text-sm text-muted" aria-live="polite">
        {gone.length === 0
          ? `All disks are kept in ${libraryFolder}.`
          : `${gone.length === 1 ? '1 disk is' : `${gone.length} disks are`} deleted, which frees ${formatBytes(freed)}.`}
      </p>
    </fieldset>
  );
}
