'use client';
import { useState } from 'react';
import { formatBytes } from '@/lib/shared/units';
import type { VmView } from '@/lib/shared/vm';
import { removeVm } from '@/lib/web/vm-actions';
import { useHost, useTrash } from '../live/live-hooks';
import { useDeletedNotice } from '../trash/use-restore';
import { Checkbox } from '../ui/Checkbox';
import { Code } from '../ui/Copy';
import { ConfirmDialog } from '../ui/Dialog';
import { ErrorNotice } from '../ui/Notice';
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
  const notice = useDeletedNotice();
  const { keepDays } = useTrash();
  const remove = async () => {
    setPending(true);
    setError(null);
    const result = await callAction(() => removeVm(vm.name, [...kept]));
    setPending(false);
    if (!result.ok) return setError(result.error);
    notice(vm.name, result.value, kept.size > 0 ? 'The kept disks are in the library.' : undefined);
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
      typed={keepDays === 0 ? vm.name : undefined}
      confirmLabel={`Delete ${vm.name}`}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3">
        <Consequence vm={vm} keepDays={keepDays} />
        <DiskChoices vm={vm} kept={kept} onKeep={keep} />
        {error && <ErrorNotice error={error} />}
      </div>
    </ConfirmDialog>
  );
}

function Consequence({ vm, keepDays }: { vm: VmView; keepDays: number }) {
  const what = `The VM, its settings, notes${vm.savedAt ? ', saved state' : ''} and events`;
  if (keepDays === 0)
    return (
      <p className="text-pretty">
        {what} are deleted. <strong>This cannot be undone.</strong>
      </p>
    );
  return (
    <p className="text-pretty">
      {what} go to the trash. It can be restored for {daysText(keepDays)}.
    </p>
  );
}

function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
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
  const isTrashed = useTrash().keepDays > 0;
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
          help={kept.has(disk.file) ? 'Moves to the library.' : isTrashed ? 'Goes to the trash.' : 'Is deleted.'}
        >
          Keep <Code>{disk.file}</Code>{' '}
          <span className="text-muted">
            ({formatBytes(disk.virtualBytes)}, {formatBytes(disk.allocatedBytes)} on the host
            {disk.deviceId ? '' : ', not attached'})
          </span>
        </Checkbox>
      ))}
      <p className="text-sm text-muted" aria-live="polite">
        {gone.length === 0 ? `All disks are kept in ${libraryFolder}.` : goneText(gone.length, freed, isTrashed)}
      </p>
    </fieldset>
  );
}

function goneText(count: number, bytes: number, isTrashed: boolean): string {
  if (isTrashed) return `${count === 1 ? '1 disk goes' : `${count} disks go`} to the trash: ${formatBytes(bytes)}.`;
  return `${count === 1 ? '1 disk is' : `${count} disks are`} deleted, which frees ${formatBytes(bytes)}.`;
}
