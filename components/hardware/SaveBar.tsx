'use client';
import { Button } from '@/components/ui/Button';
import { ErrorNotice } from '@/components/ui/Notice';
import type { Hardware } from './use-hardware';

/** Save and Revert, at the lower edge while anything is changed. */
export function SaveBar({ hardware }: { hardware: Hardware }) {
  const { editor, isChanged, whyNotSave, isSaving, saveError, save, revert } = hardware;
  if (!isChanged) return null;
  const waits = editor.running !== null && Object.keys(editor.running).length > 0;
  const status = waits ? 'Not saved yet. Some of it takes effect at the next start.' : 'Not saved yet.';
  return (
    <div className="sticky bottom-0 z-10 -mx-4 flex flex-col gap-2 border-t bg-surface px-4 py-3 md:-mx-6 md:px-6">
      {saveError && <ErrorNotice error={saveError} />}
      <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2">
        <p role="status" className="min-w-0 flex-1 basis-56 text-sm text-pretty text-muted">
          {whyNotSave ?? status}
        </p>
        <Button onPress={revert}>Revert</Button>
        <Button kind="primary" disabledReason={whyNotSave} isPending={isSaving} onPress={() => void save()}>
          Save changes
        </Button>
      </div>
    </div>
  );
}
