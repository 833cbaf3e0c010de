'use client';
import { Upload as UploadIcon } from 'lucide-react';
import { Button } from '../ui/Button';
import { Popover } from '../ui/Popover';
import { isUnderway, type UploadItem } from './upload-item';
import { UploadRow } from './UploadRow';
import { useUploads } from './UploadsProvider';

/** The uploads of this page, in the top bar; nothing while there are none. */
export function UploadTray() {
  const items = useUploads();
  if (items.length === 0) return null;
  return (
    <Popover
      label="Uploads"
      trigger={
        <Button kind="quiet" icon={<UploadIcon aria-hidden className="size-4" />} aria-label={labelOf(items)}>
          <span className="tabular">{shareOf(items)}</span>
        </Button>
      }
    >
      <ul className="flex max-h-[min(28rem,70dvh)] w-[min(24rem,calc(100vw-3rem))] flex-col gap-4 overflow-auto">
        {items.map((item) => (
          <li key={item.key}>
            <UploadRow item={item} />
          </li>
        ))}
      </ul>
    </Popover>
  );
}

function labelOf(items: readonly UploadItem[]): string {
  const underway = items.filter(isUnderway).length;
  if (items.some(({ phase }) => phase === 'failed')) return 'Uploads: one failed';
  if (underway > 0) return `Uploads: ${underway} under way`;
  return items.every(({ phase }) => phase === 'done') ? 'Uploads: all done' : 'Uploads: waiting for you';
}

/** How far all of them are together, or what is left to do. */
function shareOf(items: readonly UploadItem[]): string {
  if (items.some(({ phase }) => phase === 'failed')) return 'Failed';
  const sent = items.filter((item) => isUnderway(item) && item.phase !== 'checking');
  if (sent.length > 0) {
    const [done, all] = [sum(sent, 'doneBytes'), sum(sent, 'sizeBytes')];
    return `${Math.floor((done / all) * 100)} %`;
  }
  return items.every(({ phase }) => phase === 'done') ? 'Done' : 'Waiting';
}

function sum(items: readonly UploadItem[], field: 'doneBytes' | 'sizeBytes'): number {
  return items.reduce((bytes, item) => bytes + item[field], 0);
}
