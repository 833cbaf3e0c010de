'use client';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { DownloadDialog } from './DownloadDialog';

interface DownloadButtonProps {
  size?: 'sm' | 'md';
  /** Folders that were added to the library. */
  folders?: readonly string[];
}

/** Opens the dialog that lets the server fetch a file. */
export function DownloadButton({ size = 'md', folders }: DownloadButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size={size} icon={<Download aria-hidden className="size-3.5" />} onPress={() => setOpen(true)}>
        Download from URL…
      </Button>
      <DownloadDialog isOpen={isOpen} onClose={() => setOpen(false)} folders={folders} />
    </>
  );
}
