'use client';

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { VmView } from '@/lib/shared/vm';
import { useKept } from '../live/Kept';
import { copyText } from '../ui/Copy';
import { useToasts } from '../ui/Toast';
import { saveFile, timedName } from './download';
import { FONT_SIZES, SerialTerminal, type SerialHooks } from './serial-terminal';
import type { Store } from './store';
import { useLinkKeeper } from './use-link-keeper';

const useStore = <T>(store: Store<T>): T => useSyncExternalStore(store.subscribe, store.get, store.get);

/**
 * The tab's terminal of a VM, shown in `place` while its page is open and connected while `isAlive`.
 *
 * @param hooks what the page does when the terminal asks for it
 */
export function useSerialTerminal(vm: VmView, isAlive: boolean, hooks: SerialHooks) {
  const terminal = useKept(`serial ${vm.id}`, () => new SerialTerminal(vm.id));
  const hasOutput = useStore(terminal.hasOutput);
  const hasSelection = useStore(terminal.hasSelection);
  const isShown = isAlive || hasOutput;
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(hooks);
  useEffect(() => {
    latest.current = hooks;
  });
  useEffect(() => {
    if (!isShown || !place.current) return;
    terminal.show(place.current, {
      onLink: (url) => latest.current.onLink(url),
      onCopy: (text) => latest.current.onCopy(text),
      onFind: () => latest.current.onFind(),
    });
    return () => terminal.hide();
  }, [terminal, isShown]);
  useEffect(() => {
    if (!isAlive) return;
    terminal.link.start();
    return () => terminal.link.stop();
  }, [terminal, isAlive]);
  const link = useLinkKeeper(isAlive ? terminal.link : null, useStore(terminal.state));
  return { terminal, place, link, isShown, hasOutput, hasSelection };
}

/** Copies, and says so when the browser does not let it. */
export function useCopy(): (text: string) => Promise<void> {
  const toasts = useToasts();
  return async (text) => {
    if (!(await copyText(text))) toasts.show({ kind: 'danger', title: 'The browser refused to copy.' });
  };
}

/** What the toolbar does with a terminal. */
export function useSerialTools(terminal: SerialTerminal, vmName: string, copy: (text: string) => Promise<void>) {
  const toasts = useToasts();
  const [isFitted, setFitted] = useState(true);
  const paste = async () => {
    try {
      terminal.paste(await navigator.clipboard.readText());
    } catch {
      const text = 'Press Ctrl+Shift+V in the terminal instead.';
      toasts.show({ kind: 'info', title: 'The browser keeps the clipboard to itself.', text });
    }
    terminal.focus();
  };
  return {
    isFitted,
    onCopy: () => void copy(terminal.selection).then(() => terminal.focus()),
    onPaste: () => void paste(),
    onClear: () => terminal.clear(),
    onSave: () => saveFile(timedName(vmName, 'txt'), new Blob([terminal.text()], { type: 'text/plain' })),
    onFitted: (fitted: boolean) => {
      setFitted(fitted);
      terminal.setFitted(fitted);
    },
    onFontStep: (step: 1 | -1) => {
      const at = FONT_SIZES.findIndex((size) => size >= terminal.fontSize) + step;
      terminal.setFontSize(FONT_SIZES[Math.min(FONT_SIZES.length - 1, Math.max(0, at))] ?? terminal.fontSize);
    },
  };
}
