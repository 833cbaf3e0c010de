'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Code } from '@/components/ui/Copy';
import { ConfirmDialog } from '@/components/ui/Dialog';
import { Hint } from '@/components/ui/Tooltip';
import { useTrash } from '@/components/live/live-hooks';
import { useDeletedNotice } from '@/components/trash/use-restore';
import { useAction } from '@/components/use-action';
import { devicesOf } from '@/lib/shared/device';
import { addDisk, whyNoMore } from '@/lib/shared/spec-draft';
import { deviceLabel } from '@/lib/shared/spec-labels';
import { formatBytes, formatExactBytes } from '@/lib/shared/units';
import { protectedReason } from '@/lib/shared/vm-can';
import type { DiskFileView, VmView } from '@/lib/shared/vm';
import { removeDiskFile } from '@/lib/web/vm-actions';
import type { SpecEditor } from './spec-editor';

/** The VM's disk files that no disk of the form uses: attach them again, or delete them for good. */
export function UnattachedDisks({ vm, editor }: { vm: VmView; editor: SpecEditor }) {
  const [doomed, setDoomed] = useState<DiskFileView | null>(null);
  const { run, isPending } = useAction(removeDiskFile);
  const notice = useDeletedNotice();
  const { keepDays } = useTrash();
  const { draft, change } = editor;
  const used = devicesOf(draft, 'disk').flatMap(({ source }) => (source.kind === 'vm-folder' ? [source.file] : []));
  const files = vm.disks.filter((file) => !used.includes(file.file));
  if (files.length === 0) return null;
  const attach = ({ file, format }: DiskFileView) => change(addDisk(draft, { kind: 'vm-folder', file }, format));
  const remove = async (file: DiskFileView) => {
    const result = await run(vm.name, file.file);
    if (!result?.ok) return;
    setDoomed(null);
    notice(file.file, result.value);
  };
  return (
    <div className="flex flex-col gap-1">
      <h3 className="font-medium">Not attached</h3>
      <p className="text-sm text-muted">Files of this VM that none of its disks uses.</p>
      <ul className="divide-y border-y">
        {files.map((file) => (
          <li key={file.file} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2">
            <span className="min-w-0 flex-1">
              <Code>{file.file}</Code>{' '}
              <span className="text-muted">
                {formatBytes(file.virtualBytes)},{' '}
                <Hint text={formatExactBytes(file.allocatedBytes)}>{formatBytes(file.allocatedBytes)} in use</Hint>
                {file.deviceId && `; will be detached from ${deviceLabel(file.deviceId)} when saved`}
              </span>
            </span>
            {!editor.isReadOnly && (
              <span className="flex gap-2">
                <Button size="sm" disabledReason={whyNoMore(draft, 'disk')} onPress={() => attach(file)}>
                  Attach
                </Button>
                <Button
                  size="sm"
                  disabledReason={whyNotDelete(file, vm)}
                  onPress={() => (keepDays > 0 ? void remove(file) : setDoomed(file))}
                >
                  {keepDays > 0 ? 'Delete file' : 'Delete file…'}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        title={`Delete ${doomed?.file ?? 'the file'} of ${vm.name}?`}
        isOpen={doomed !== null}
        onClose={() => setDoomed(null)}
        confirmLabel="Delete the file"
        onConfirm={() => doomed && void remove(doomed)}
        isPending={isPending}
        isDanger
        typed={doomed?.file}
      >
        Everything on this disk ({formatBytes(doomed?.allocatedBytes ?? 0)} in use) is gone for good.
      </ConfirmDialog>
    </div>
  );
}

function whyNotDelete(file: DiskFileView, vm: VmView): string | null {
  if (vm.isProtected) return protectedReason(vm.name);
  if (file.deviceId) return 'The disk is still attached. Save the change first.';
  const isRunningOn = vm.runningSpec && devicesOf(vm.runningSpec, 'disk').some((d) => d.source.file === file.file);
  return isRunningOn ? 'The running VM still uses it. Shut it down first.' : null;
}
