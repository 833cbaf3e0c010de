'use client';
import { useEffect, useState } from 'react';
import { useTaskStarted } from '@/components/tasks/use-task-started';
import { Button } from '@/components/ui/Button';
import { Checkbox } from '@/components/ui/Checkbox';
import { Dialog } from '@/components/ui/Dialog';
import { ErrorNotice } from '@/components/ui/Notice';
import { SearchSelect } from '@/components/ui/Select';
import { Spinner } from '@/components/ui/Spinner';
import { TextField } from '@/components/ui/TextField';
import { callAction, useAction } from '@/components/use-action';
import type { ErrorBody } from '@/lib/shared/errors';
import { formatBytes } from '@/lib/shared/units';
import type { PackedView } from '@/lib/shared/unpack';
import { lookIntoPacked, startUnpack } from '@/lib/web/transfer-actions';

/** Unpacks a file of the library; of a zip, one of the files inside. Mount it to open it. */
export function UnpackDialog({ fileRef, onClose }: { fileRef: string; onClose: () => void }) {
  const [view, setView] = useState<PackedView | null>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const [member, setMember] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [removePacked, setRemovePacked] = useState(false);
  const tellStarted = useTaskStarted();
  const { run, isPending } = useAction(startUnpack, (refusal) => {
    setError(refusal);
    return true;
  });
  useEffect(() => {
    let isGone = false;
    void callAction(() => lookIntoPacked(fileRef)).then((result) => {
      if (isGone) return;
      if (result.ok) setView(result.value);
      else setError(result.error);
    });
    return () => {
      isGone = true;
    };
  }, [fileRef]);
  const mustChoose = view !== null && view.name === null && member === null;
  const reason = view === null ? 'Skep looks into the file first.' : mustChoose ? 'Choose a file first.' : null;
  const start = async () => {
    setError(null);
    const result = await run({ ref: fileRef, member, name: name || null, removePacked });
    if (!result?.ok) return;
    tellStarted(result.value);
    onClose();
  };
  return (
    <Dialog
      title={`Unpack ${fileRef}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isPending={isPending} disabledReason={reason} onPress={() => void start()}>
            Unpack
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {!view && !error && (
          <p className="flex items-center gap-2 text-muted">
            <Spinner /> Skep looks into the file…
          </p>
        )}
        {view && view.members.length > 0 && (
          <SearchSelect
            label="File"
            placeholder="Choose a file"
            options={view.members.map((one) => ({
              value: one.name,
              label: one.name,
              about: formatBytes(one.sizeBytes),
              disabledReason: one.refusal,
            }))}
            value={member}
            onChange={setMember}
            help={view.name === null ? undefined : 'Empty: the only image in it.'}
          />
        )}
        {view && (
          <>
            <TextField
              label="Name"
              note="optional"
              help={view.name === null || member ? 'Empty: after the packed file.' : `Empty: ${view.name}`}
              value={name}
              onChange={setName}
              autoComplete="off"
              spellCheck="false"
            />
            <Checkbox isSelected={removePacked} onChange={setRemovePacked}>
              Remove the packed file afterwards
            </Checkbox>
          </>
        )}
        {error && <ErrorNotice error={error} />}
      </div>
    </Dialog>
  );
}
