'use client';

import type { ReactNode } from 'react';
import { STATUS_WORDS } from '@/lib/shared/vm-can';
import type { VmView } from '@/lib/shared/vm';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import { Spinner } from '../ui/Spinner';
import { MainVerbs } from '../vms/VerbButtons';
import type { LinkState } from './console-link';

/** Over the whole console: there is nothing to show, why, and what to do. */
export function ConsoleEmpty(props: { icon: ReactNode; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="absolute inset-0 flex items-center overflow-auto bg-canvas">
      <EmptyState {...props} />
    </div>
  );
}

/** A VM that has no running QEMU, with the verb that gives it one. */
export function NotRunning({ vm, what, icon }: { vm: VmView; what: string; icon: ReactNode }) {
  const title = vm.status === 'saved' ? `${vm.name} is saved to disk` : `${vm.name} is ${STATUS_WORDS[vm.status]}`;
  const text =
    vm.status === 'creating'
      ? `Its disks are being made. ${what} will be here once it starts.`
      : vm.status === 'saved'
        ? `Restore it to go on where it was. ${what} will be here.`
        : `Start it, and ${what.toLowerCase()} will be here from the first moment.`;
  return (
    <ConsoleEmpty icon={icon} title={title} actions={<MainVerbs vm={vm} />}>
      {vm.reason && <p>{vm.reason}</p>}
      <p>{text}</p>
    </ConsoleEmpty>
  );
}

const PHASE_TEXTS: Record<LinkState['phase'], string | null> = {
  off: null,
  connecting: 'Connecting…',
  connected: null,
  reconnecting: 'Connection lost. Reconnecting…',
  refused: 'Not connected.',
};

/** A line over the console while it is not connected; the old content stays visible below it. */
export function LinkNotice({ link, onRetry }: { link: LinkState; onRetry: () => void }) {
  const text = PHASE_TEXTS[link.phase];
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-4 z-10 flex justify-center px-4">
      {text && (
        <div
          className={
            'pointer-events-auto flex items-center gap-2.5 rounded-md bg-raised px-3 py-2 shadow-raised ' +
            // A connection is usually there before anybody could read this.
            (link.phase === 'connecting' ? 'animate-late' : '')
          }
        >
          {link.phase !== 'refused' && <Spinner />}
          <span>
            {text}
            {link.reason && ` ${link.reason}`}
          </span>
          {link.phase === 'refused' && (
            <Button size="sm" onPress={onRetry}>
              Try again
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
