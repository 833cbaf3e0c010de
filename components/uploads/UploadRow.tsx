'use client';
import { CircleAlert, CircleCheck, FileUp, Pause, Play, X } from 'lucide-react';
import { FileTrigger } from 'react-aria-components';
import { Button, IconButton } from '../ui/Button';
import { ProgressBar } from '../ui/ProgressBar';
import { useToasts } from '../ui/Toast';
import { isActive, isOver, type UploadItem } from './upload-item';
import { wordsOf } from './upload-words';
import { WireError } from './upload-wire';
import { useUploadQueue } from './UploadsProvider';

/** One upload: its name, how far it is, and what can be done with it. */
export function UploadRow({ item }: { item: UploadItem }) {
  const { name, sizeBytes, doneBytes, phase, error } = item;
  const hasBar = !isOver(item) && phase !== 'same';
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-1.5">
          {phase === 'done' && <CircleCheck aria-hidden className="size-4 shrink-0 text-running" />}
          {phase === 'failed' && <CircleAlert aria-hidden className="size-4 shrink-0 text-danger" />}
          <span className="truncate" title={name}>
            {name}
          </span>
        </div>
        {hasBar && (
          <ProgressBar
            label={`Upload of ${name}`}
            value={phase === 'finishing' ? null : doneBytes / sizeBytes}
            hideLabel
            className="my-1.5"
          />
        )}
        <p className="text-sm text-pretty text-muted tabular">{wordsOf(item)}</p>
        {error && (
          <p role="alert" className="mt-0.5 text-sm text-pretty text-danger">
            {error.message}
          </p>
        )}
        {phase === 'same' && <SendAnyway item={item} />}
      </div>
      <Buttons item={item} />
    </div>
  );
}

function SendAnyway({ item }: { item: UploadItem }) {
  const queue = useUploadQueue();
  return (
    <Button size="sm" className="mt-1.5" onPress={() => queue.sendAnyway(item.key)}>
      Upload it all the same
    </Button>
  );
}

const icon = 'size-4';

function Buttons({ item }: { item: UploadItem }) {
  const queue = useUploadQueue();
  const { key, name, phase } = item;
  const canPause = isActive(item) || phase === 'waiting';
  return (
    <div className="flex shrink-0">
      {canPause && (
        <IconButton
          size="sm"
          label={`Pause the upload of ${name}`}
          icon={<Pause aria-hidden className={icon} />}
          onPress={() => queue.pause(key)}
        />
      )}
      {phase === 'paused' && (
        <IconButton
          size="sm"
          label={`Go on with the upload of ${name}`}
          icon={<Play aria-hidden className={icon} />}
          onPress={() => queue.resume(key)}
        />
      )}
      {phase === 'missing' && <ChooseAgain item={item} />}
      <Remove item={item} />
    </div>
  );
}

function ChooseAgain({ item }: { item: UploadItem }) {
  const queue = useUploadQueue();
  const toasts = useToasts();
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (!file || queue.giveFile(item.key, file)) return;
    toasts.showError({
      message: `This is not the file whose upload began: name, size or date differ. Choose ${item.name} as it was, or cancel the upload.`,
    });
  };
  return (
    <FileTrigger onSelect={take}>
      <IconButton size="sm" label={`Choose ${item.name} again`} icon={<FileUp aria-hidden className={icon} />} />
    </FileTrigger>
  );
}

function Remove({ item }: { item: UploadItem }) {
  const queue = useUploadQueue();
  const toasts = useToasts();
  const remove = async () => {
    try {
      await queue.remove(item.key);
    } catch (error) {
      toasts.showError(error instanceof WireError ? error.body : { message: 'The upload could not be cancelled.' });
    }
  };
  const isHarmless = isOver(item) || item.phase === 'same';
  return (
    <IconButton
      size="sm"
      label={isHarmless ? `Take ${item.name} off this list` : `Cancel the upload of ${item.name}`}
      icon={<X aria-hidden className={icon} />}
      onPress={() => void remove()}
    />
  );
}
