import { Lock } from 'lucide-react';

/** A small lock: this VM is protected from deletion. */
export function ProtectedMark() {
  return (
    <span
      role="img"
      aria-label="Protected from deletion"
      title="Protected from deletion"
      className="shrink-0 text-faint"
    >
      <Lock aria-hidden className="size-3.5" />
    </span>
  );
}
