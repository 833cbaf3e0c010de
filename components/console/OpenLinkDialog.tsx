'use client';

import { Button } from '../ui/Button';
import { Code } from '../ui/Copy';
import { Dialog } from '../ui/Dialog';

/** True for an address that may be offered at all. */
export function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
}

/** Shows where a link of the guest leads before it is followed: its text may have claimed something else. */
export function OpenLinkDialog({ url, onClose }: { url: string | null; onClose: () => void }) {
  const open = () => {
    if (url) window.open(url, '_blank', 'noopener,noreferrer');
    onClose();
  };
  return (
    <Dialog
      title="Open this link?"
      isOpen={url !== null}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" onPress={open}>
            Open in a new tab
          </Button>
        </>
      }
    >
      <p className="mb-2 text-muted">The guest shows a link to:</p>
      <Code className="break-all">{url ?? ''}</Code>
    </Dialog>
  );
}
