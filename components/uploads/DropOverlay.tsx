'use client';
import { Upload as UploadIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useToasts } from '../ui/Toast';
import { isUnderway } from './upload-item';
import { useUploadQueue } from './UploadsProvider';

/** Takes files that are dropped anywhere on the page, and says where they go while they are held over it. */
export function DropOverlay() {
  const queue = useUploadQueue();
  const toasts = useToasts();
  const [isOver, setOver] = useState(false);
  // Each element that is entered says so, and each that is left: the page is left when all are.
  const depth = useRef(0);
  useEffect(() => {
    const leave = () => {
      depth.current = 0;
      setOver(false);
    };
    const onEnter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth.current++;
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (hasFiles(event) && --depth.current <= 0) leave();
    };
    const onOver = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      leave();
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      const { files, folders } = filesOf(event);
      for (const file of files) queue.add(file);
      if (folders > 0) toasts.showError({ message: 'A folder cannot be uploaded. Drop the files in it.' });
      else toasts.show({ kind: 'info', title: sentenceOf(files.length, queue.getItems().filter(isUnderway).length) });
    };
    document.addEventListener('dragenter', onEnter);
    document.addEventListener('dragleave', onLeave);
    document.addEventListener('dragover', onOver);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragenter', onEnter);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('dragover', onOver);
      document.removeEventListener('drop', onDrop);
    };
  }, [queue, toasts]);
  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-scrim p-6">
      <div className="flex items-center gap-3 rounded-xl border border-dashed border-focus bg-raised px-6 py-5 shadow-raised">
        <UploadIcon aria-hidden className="size-5 text-focus" />
        <div>
          <p className="text-lg font-medium">Drop to upload to the library</p>
          <p className="text-muted">ISO images and disk images, one or several.</p>
        </div>
      </div>
    </div>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

function filesOf(event: DragEvent): { files: File[]; folders: number } {
  const items = [...(event.dataTransfer?.items ?? [])].filter(({ kind }) => kind === 'file');
  const isFolder = (item: DataTransferItem) => item.webkitGetAsEntry()?.isDirectory === true;
  const files = items.filter((item) => !isFolder(item)).flatMap((item) => item.getAsFile() ?? []);
  return { files, folders: items.filter(isFolder).length };
}

function sentenceOf(dropped: number, underway: number): string {
  const what = dropped === 1 ? 'The file is' : `${dropped} files are`;
  return underway > dropped ? `${what} queued behind other uploads.` : `${what} being uploaded to the library.`;
}
