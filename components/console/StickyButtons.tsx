'use client';

import { useSyncExternalStore } from 'react';
import { Button } from '../ui/Button';
import type { DisplaySession } from './display-session';
import type { Modifier } from './sticky-keys';

const SHOWN: readonly Modifier[] = ['Ctrl', 'Alt', 'Shift', 'Win'];

/** Holds modifiers for who cannot press several keys at once, or whose system keeps them for itself. */
export function StickyButtons({ session, disabledReason }: { session: DisplaySession; disabledReason: string | null }) {
  const { held } = session.sticky;
  const now = useSyncExternalStore(held.subscribe, held.get, held.get);
  return (
    <div role="group" aria-label="Held keys" className="flex items-center gap-0.5">
      {SHOWN.map((modifier) => (
        <Button
          key={modifier}
          size="sm"
          kind="quiet"
          aria-pressed={now.includes(modifier)}
          className="px-1.5! aria-pressed:bg-selected aria-pressed:font-medium"
          tooltip={`Hold ${modifier} until the next key`}
          disabledReason={disabledReason}
          onPress={({ pointerType }) => {
            session.sticky.toggle(modifier);
            // From the keyboard one stays here, to press another one.
            if (pointerType !== 'keyboard' && pointerType !== 'virtual') session.focus();
          }}
        >
          {modifier}
        </Button>
      ))}
    </div>
  );
}
