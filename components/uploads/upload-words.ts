/** What is said of an upload, in words. Pure. */
import { formatBytes, formatDuration } from '@/lib/shared/units';
import type { UploadItem } from './upload-item';
import { rateOf, timeLeftMs } from './upload-rate';

/** The line below an upload's name: how far it is, how fast, what it waits for. */
export function wordsOf(item: UploadItem): string {
  const { phase, sizeBytes, doneBytes, samples, sameAs } = item;
  const size = formatBytes(sizeBytes);
  const progress = `${formatBytes(doneBytes)} of ${size} · ${Math.floor((doneBytes / sizeBytes) * 100)} %`;
  const [rate, leftMs] = [rateOf(samples), timeLeftMs(samples, sizeBytes)];
  switch (phase) {
    case 'waiting':
      return `${size} · waits for its turn`;
    case 'checking':
      return `${progress} · looking whether the library has it`;
    case 'same':
      return `The library has this file already: ${sameAs}`;
    case 'sending':
      return [progress, rate !== null && `${formatBytes(rate)}/s`, leftMs !== null && `${formatDuration(leftMs)} left`]
        .filter(Boolean)
        .join(' · ');
    case 'retrying':
      return `${progress} · no connection, trying again`;
    case 'paused':
      return `${progress} · paused`;
    case 'missing':
      return `${progress} · choose the same file again to go on`;
    case 'finishing':
      return `${size} · being checked and put into the library`;
    case 'done':
      return `${size} · in the library`;
    case 'failed':
      return size;
  }
}
