'use client';
import { Upload as UploadIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { DropZone, FileTrigger, Text, type FileDropItem } from 'react-aria-components';
import { Button } from '@/components/ui/Button';
import { cx } from '@/components/ui/cx';
import { UploadRow } from '@/components/uploads/UploadRow';
import { useUploadQueue, useUploads } from '@/components/uploads/UploadsProvider';
import type { LibraryFile } from '@/lib/shared/events';
import { useLibrary } from '../live/live-hooks';

interface UploadAreaProps {
  /** What is wanted, in the button's text: "an ISO". */
  what: string;
  /** File name extensions that the file dialog shows first. */
  extensions: readonly string[];
  onUploaded: (file: LibraryFile) => void;
}

/** Takes one file into the library: by a button, or dropped on it. The upload goes on when the page is left. */
export function UploadArea({ what, extensions, onUploaded }: UploadAreaProps) {
  const queue = useUploadQueue();
  const [key, setKey] = useState<string | null>(null);
  const item = useUploads().find((one) => one.key === key);
  const arrived = useArrived(key);
  useEffect(() => {
    if (!arrived) return;
    setKey(null);
    onUploaded(arrived);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- told once for each arrival, not for each new callback
  }, [arrived]);
  const take = (file: File | undefined) => {
    if (file) setKey(queue.add(file));
  };
  return (
    <DropZone
      aria-label={`Drop ${what} here to upload it`}
      getDropOperation={() => (item ? 'cancel' : 'copy')}
      onDrop={(event) => {
        const dropped = event.items.find((one): one is FileDropItem => one.kind === 'file');
        void dropped?.getFile().then(take);
      }}
      className={cx(
        'rounded-lg border border-dashed border-line-strong/70 px-3 py-2.5 focus-visible:outline-focus',
        'drop-target:border-solid drop-target:border-focus drop-target:bg-info-soft',
      )}
    >
      {item && <UploadRow item={item} />}
      {(!item || item.phase === 'failed') && (
        <div className={cx('flex flex-wrap items-center gap-x-3 gap-y-1.5', item && 'mt-2')}>
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
  );
}

/** The library's file that this upload became, or that it turned out to be. */
function useArrived(key: string | null): LibraryFile | null {
  const library = useLibrary();
  const item = useUploads().find((one) => one.key === key);
  if (item?.phase === 'same') return library.find(({ ref }) => ref === item.sameAs) ?? null;
  if (item?.phase === 'done') return library.find(({ name }) => name === item.name) ?? null;
  return null;
}
