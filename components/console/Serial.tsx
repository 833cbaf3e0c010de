'use client';

import '@xterm/xterm/css/xterm.css';
import { SquareTerminal, Unplug } from 'lucide-react';
import { useState } from 'react';
import { devicesOf } from '@/lib/shared/device';
import { vmPath } from '@/lib/shared/paths';
import { STATUS_WORDS } from '@/lib/shared/vm-can';
import { isAlive, type VmView } from '@/lib/shared/vm';
import { useVm } from '../live/live-hooks';
import { ButtonLink } from '../ui/Link';
import { MainVerbs } from '../vms/VerbButtons';
import { ConsoleFrame } from './ConsoleFrame';
import { ConsoleEmpty, LinkNotice, NotRunning } from './ConsoleNotice';
import { isWebAddress, OpenLinkDialog } from './OpenLinkDialog';
import { PastOutput } from './PastOutput';
import { SendTextDialog } from './SendTextDialog';
import type { SerialTerminal } from './serial-terminal';
import { SerialSearch } from './SerialSearch';
import { SerialToolbar } from './SerialToolbar';
import { useFullWindow } from './use-full-window';
import { useIdleFocus } from './use-idle-focus';
import { useLeaveKeys } from './use-leave-keys';
import { useCopy, useSerialTerminal, useSerialTools } from './use-serial';

const ICON = { 'aria-hidden': true, className: 'size-8' } as const;

/** A VM's serial console, with what to do when there is none. */
export default function Serial({ name, isPopOut = false }: { name: string; isPopOut?: boolean }) {
  const vm = useVm(name);
  if (!vm) {
    return (
      <ConsoleEmpty icon={<Unplug {...ICON} />} title={`There is no VM ${name}`}>
        It was deleted or got another name.
      </ConsoleEmpty>
    );
  }
  return <Console key={vm.id} vm={vm} isPopOut={isPopOut} />;
}

function hasPort(vm: VmView): boolean {
  return devicesOf(vm.runningSpec ?? vm.spec, 'serial').length > 0;
}

function Console({ vm, isPopOut }: { vm: VmView; isPopOut: boolean }) {
  const [url, setUrl] = useState<string | null>(null);
  const [isSearching, setSearching] = useState(false);
  const [isTyping, setTyping] = useState(false);
  const [isReading, setReading] = useState(false);
  const full = useFullWindow();
  const copy = useCopy();
  const isWanted = isAlive(vm.status) && hasPort(vm);
  const { terminal, place, link, isShown, hasOutput, hasSelection } = useSerialTerminal(vm, isWanted, {
    onLink: (target) => isWebAddress(target) && setUrl(target),
    onCopy: (text) => void copy(text),
    onFind: () => setSearching(true),
  });
  const tools = useSerialTools(terminal, vm.name, copy);
  const toolbar = useLeaveKeys(place, isShown);
  useIdleFocus(link.phase === 'connected', () => terminal.focus());
  return (
    <ConsoleFrame
      label={`Serial console of ${vm.name}`}
      state={isWanted ? link.phase : hasPort(vm) ? 'stopped' : 'no-device'}
      isFull={full.isFull}
      toolbarRef={toolbar}
      toolbar={
        <SerialToolbar
          {...tools}
          {...{ hasSelection, hasOutput, isPopOut }}
          vmName={vm.name}
          isConnected={link.phase === 'connected'}
          isFull={full.isFull}
          onSearch={() => setSearching(true)}
          onType={() => setTyping(true)}
          onPast={() => setReading(true)}
          onFull={full.toggle}
        />
      }
    >
      {isShown ? (
        <div className="absolute inset-0 flex flex-col bg-terminal">
          <div className="min-h-0 flex-1 p-2 pr-0">
            <div ref={place} data-own-keys className="h-full overflow-auto" />
          </div>
          {isWanted ? <LinkNotice link={link} onRetry={() => terminal.link.restart()} /> : <StoppedBar vm={vm} />}
          {isSearching && <Search terminal={terminal} onClose={() => setSearching(false)} />}
        </div>
      ) : (
        <NoTerminal vm={vm} />
      )}
      <OpenLinkDialog url={url} onClose={() => setUrl(null)} />
      {isReading && <PastOutput vmName={vm.name} onClose={() => setReading(false)} />}
      {isTyping && (
        <SendTextDialog
          vmName={vm.name}
          onClose={() => setTyping(false)}
          onSend={(text) => {
            terminal.type(text);
            setTyping(false);
          }}
        />
      )}
    </ConsoleFrame>
  );
}

function Search({ terminal, onClose }: { terminal: SerialTerminal; onClose: () => void }) {
  return (
    <SerialSearch
      onFind={(text, direction, isTyping) =>
        direction === 'next'
          ? terminal.search.findNext(text, { incremental: isTyping })
          : terminal.search.findPrevious(text)
      }
      onClose={() => {
        onClose();
        terminal.focus();
      }}
    />
  );
}

/** Below old output that can still be read: why nothing more comes, and what to do. */
function StoppedBar({ vm }: { vm: VmView }) {
  return (
    <div role="status" className="flex shrink-0 flex-wrap items-center gap-3 border-t bg-surface px-3 py-2">
      <span className="min-w-0 flex-1">
        {vm.name} is {STATUS_WORDS[vm.status]}. What stands above is from before.
      </span>
      <MainVerbs vm={vm} size="sm" />
    </div>
  );
}

function NoTerminal({ vm }: { vm: VmView }) {
  if (hasPort(vm)) return <NotRunning vm={vm} what="Its serial port" icon={<SquareTerminal {...ICON} />} />;
  return (
    <ConsoleEmpty
      icon={<Unplug {...ICON} />}
      title="This VM has no serial port"
      actions={<ButtonLink href={vmPath(vm.name, 'hardware')}>Add a serial port</ButtonLink>}
    >
      A serial port is a text console that works without a picture. The change takes effect at the next start.
    </ConsoleEmpty>
  );
}
