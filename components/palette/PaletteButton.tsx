'use client';
import { Search } from 'lucide-react';
import { SHOW_PALETTE } from '../frame/shortcuts';
import { Button } from '../ui/Button';
import { Key } from '../ui/Facts';

/** Opens the command palette; on a phone only its icon is there. */
export function PaletteButton() {
  return (
    <Button
      aria-label="Go to or do"
      aria-keyshortcuts="Control+K Meta+K"
      icon={<Search aria-hidden className="size-4 text-muted" />}
      onPress={() => window.dispatchEvent(new Event(SHOW_PALETTE))}
      className="max-sm:w-8 max-sm:border-transparent max-sm:px-0! pointer-coarse:max-sm:w-10"
    >
      <span className="text-muted max-sm:hidden">Go to or do…</span>
      <span className="ml-4 flex items-center gap-0.5 max-sm:hidden pointer-coarse:hidden">
        <Key>Ctrl</Key>
        <Key>K</Key>
      </span>
    </Button>
  );
}
