'use client';
import { Upload as UploadIcon, X } from 'lucide-react';
import { DropZone, FileTrigger, Text, type FileDropItem } from 'react-aria-components';
import { Button } from '@/components/ui/Button';
import { cx } from '@/components/ui/cx';
import { ErrorNotice } from '@/components/ui/Notice';
import { ProgressBar } from '@/components/ui/ProgressBar';
import type { LibraryFile } from '@/lib/shared/events';
import { formatBytes, formatDuration } from '@/lib/shared/units';
import { rateOf, timeLeftMs } from './upload-rate';
import { useUpload, type UploadState } from './use-upload';

interface UploadAreaProps {
  /** What is wanted, in the button's text: "an ISO". */
  what: string;
  /** File name extensions that the file dialog shows first. */
  extensions: readonly string[];
  onUploaded: (file: LibraryFile) => void;
}

/** Takes one file into the library: by a button, or dropped on it. */
export function UploadArea({ what, extensions, onUploaded }: UploadAreaProps) {
  const upload = useUpload(onUploaded);
  const { state } = upload;
  const isSending = state.phase === 'sending';
  const take = (file: File | undefined) => {
    if (file && !isSending) upload.start(file);
  };
  return (
    <div className="flex flex-col gap-2">
      <DropZone
        aria-label={`Drop ${what} here to upload it`}
        getDropOperation={() => (isSending ? 'cancel' : 'copy')}
        onDrop={(event) => {
          const dropped = event.items.find((item): item is FileDropItem => item.kind === 'file');
          void dropped?.getFile().then(take);
        }}
        className={cx(
          'rounded-lg border border-dashed border-line-strong/70 px-3 py-2.5 focus-visible:outline-focus',
          'drop-target:border-solid drop-target:border-focus drop-target:bg-info-soft',
        )}
      >
        {isSending ? (
          <Sending state={state} onCancel={upload.cancel} />
        ) : (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <FileTrigger acceptedFileTypes={[...extensions]} onSelect={(files) => take(files?.[0])}>
              <Button size="sm" icon={<UploadIcon aria-hidden className="size-3.5" />}>
                Upload {what}…
              </Button>
            </FileTrigger>
            <Text slot="label" className="text-sm text-muted">
              or drop the file here
            </Text>
          </div>
        )}
      </DropZone>
      {state.phase === 'failed' && <ErrorNotice error={state.error} />}
    </div>
  );
}

type SendingState = Extract<UploadState, { phase: 'sending' }>;

function Sending({ state, onCancel }: { state: SendingState; onCancel: () => void }) {
  const { name, totalBytes, samples } = state;
  const sentBytes = Math.min(samples.at(-1)?.bytes ?? 0, totalBytes);
  const [rate, leftMs] = [rateOf(samples), timeLeftMs(samples, totalBytes)];
  const isAllSent = sentBytes === totalBytes;
  const facts = [
    `${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`,
    `${Math.floor((sentBytes / totalBytes) * 100)} %`,
    !isAllSent && rate !== null && `${formatBytes(rate)}/s`,
    !isAllSent && leftMs !== null && `${formatDuration(leftMs)} left`,
    isAllSent && 'being written to disk',
  ].filter(Boolean);
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <div className="truncate">{name}</div>
        <ProgressBar label={`Upload of ${name}`} value={sentBytes / totalBytes} hideLabel className="my-1.5" />
        <div className="text-sm text-muted tabular">{facts.join(' · ')}</div>
      </div>
      <Button size="sm" icon={<X aria-hidden className="size-3.5" />} onPress={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
