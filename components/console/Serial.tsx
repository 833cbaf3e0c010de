'use client';

import '@xterm/xterm/css/xterm.css';
import { SquareTerminal, Unplug } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { devicesOf } from '@/lib/shared/device';
import { vmPath } from '@/lib/shared/paths';
import { STATUS_WORDS } from '@/lib/shared/vm-can';
import { isAlive, type VmView } from '@/lib/shared/vm';
import { useKept } from '../live/Kept';
import { useVm } from '../live/live-hooks';
import { copyText } from '../ui/Copy';
import { ButtonLink } from '../ui/Link';
import { useToasts } from '../ui/Toast';
import { MainVerbs } from '../vms/VerbButtons';
import { ConsoleFrame } from './ConsoleFrame';
import { ConsoleEmpty, LinkNotice, NotRunning } from './ConsoleNotice';
import { saveFile, timedName } from './download';
import { onLeaveKeys } from './leave-keys';
import { isWebAddress, OpenLinkDialog } from './OpenLinkDialog';
import { FONT_SIZES, SerialTerminal, type SerialHooks } from './serial-terminal';
import { SerialSearch } from './SerialSearch';
import { SerialToolbar } from './SerialToolbar';
import type { Store } from './store';
import { useFullWindow } from './use-full-window';
import { useLinkKeeper } from './use-link-keeper';

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

const useStore = <T,>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get, store.get);

function hasPort(vm: VmView): boolean {
  return devicesOf(vm.runningSpec ?? vm.spec, 'serial').length > 0;
}

/** The tab's terminal of this VM, shown in `place` while this page is open and connected while the VM runs. */
function useTerminal(vm: VmView, isShown: boolean, isWanted: boolean, hooks: SerialHooks) {
  const terminal = useKept(`serial ${vm.id}`, () => new SerialTerminal(vm.id));
  const place = useRef<HTMLDivElement>(null);
  const latestHooks = useRef(hooks);
  useEffect(() => {
    latestHooks.current = hooks;
  });
  useEffect(() => {
    if (!isShown || !place.current) return;
    terminal.show(place.current, {
      onLink: (url) => latestHooks.current.onLink(url),
      onCopy: (text) => latestHooks.current.onCopy(text),
      onFind: () => latestHooks.current.onFind(),
    });
    return () => terminal.hide();
  }, [terminal, isShown]);
  useEffect(() => {
    if (!isWanted) return;
    terminal.link.start();
    return () => terminal.link.stop();
  }, [terminal, isWanted]);
  const link = useLinkKeeper(isWanted ? terminal.link : null, useStore(terminal.state));
  return { terminal, place, link };
}

function Console({ vm, isPopOut }: { vm: VmView; isPopOut: boolean }) {
  const [url, setUrl] = useState<string | null>(null);
  const [isSearching, setSearching] = useState(false);
  const [isFitted, setFitted] = useState(true);
  const full = useFullWindow();
  const toasts = useToasts();
  const toolbar = useRef<HTMLDivElement>(null);
  const copy = (text: string) =>
    void copyText(text).then((done) => {
      if (!done) toasts.show({ kind: 'danger', title: 'The browser refused to copy.' });
      terminal.focus();
    });
  const kept = useKept(`serial ${vm.id}`, () => new SerialTerminal(vm.id));
  const hasOutput = useStore(kept.hasOutput);
  const isWanted = isAlive(vm.status) && hasPort(vm);
  const isShown = isWanted || hasOutput;
  const { terminal, place, link } = useTerminal(vm, isShown, isWanted, {
    onLink: (link) => isWebAddress(link) && setUrl(link),
    onCopy: copy,
    onFind: () => setSearching(true),
  });
  const hasSelection = useStore(terminal.hasSelection);
  useEffect(() => {
    if (!isShown || !place.current) return;
    return onLeaveKeys(place.current, () => toolbar.current?.querySelector<HTMLElement>('button, a')?.focus());
  }, [place, isShown]);
  const paste = async () => {
    try {
      terminal.paste(await navigator.clipboard.readText());
    } catch {
      toasts.show({
        kind: 'info',
        title: 'The browser keeps the clipboard to itself.',
        text: 'Press Ctrl+Shift+V in the terminal instead.',
      });
    }
    terminal.focus();
  };
  const stepFont = (step: 1 | -1) => {
    const at = FONT_SIZES.findIndex((size) => size >= terminal.fontSize);
    terminal.setFontSize(FONT_SIZES[Math.min(FONT_SIZES.length - 1, Math.max(0, at + step))] ?? 13);
  };
  return (
    <ConsoleFrame
      label={`Serial console of ${vm.name}`}
      state={isWanted ? link.phase : hasPort(vm) ? 'stopped' : 'no-device'}
      isFull={full.isFull}
      toolbarRef={toolbar}
      toolbar={
        <SerialToolbar
          vmName={vm.name}
          isConnected={link.phase === 'connected'}
          hasSelection={hasSelection}
          hasOutput={hasOutput}
          isFitted={isFitted}
          isFull={full.isFull}
          isPopOut={isPopOut}
          onCopy={() => copy(terminal.selection)}
          onPaste={() => void paste()}
          onSearch={() => setSearching(true)}
          onClear={() => terminal.clear()}
          onSave={() => saveFile(timedName(vm.name, 'txt'), new Blob([terminal.text()], { type: 'text/plain' }))}
          onFitted={(fitted) => {
            setFitted(fitted);
            terminal.setFitted(fitted);
          }}
          onFontStep={stepFont}
          onFull={full.toggle}
        />
      }
    >
      {isShown ? (
        <div className="absolute inset-0 flex flex-col bg-terminal">
          <div className="min-h-0 flex-1 p-2 pr-0">
            <div ref={place} className="h-full overflow-auto" />
          </div>
          {isWanted ? <LinkNotice link={link} onRetry={() => terminal.link.restart()} /> : <StoppedBar vm={vm} />}
          {isSearching && (
            <SerialSearch
              onFind={(text, direction, isTyping) =>
                direction === 'next'
                  ? terminal.search.findNext(text, { incremental: isTyping })
                  : terminal.search.findPrevious(text)
              }
              onClose={() => {
                setSearching(false);
                terminal.focus();
              }}
            />
          )}
        </div>
      ) : (
        <NoTerminal vm={vm} />
      )}
      <OpenLinkDialog url={url} onClose={() => setUrl(null)} />
    </ConsoleFrame>
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
