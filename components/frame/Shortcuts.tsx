'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Dialog } from '../ui/Dialog';
import { Key } from '../ui/Facts';
import { keyMeaning, SHORTCUTS, SHOW_PALETTE, SHOW_SHORTCUTS, TABLE_KEYS } from './shortcuts';

const PREFIX_MS = 1200;

/** Places that want every key for themselves: a guest's screen and console, an open dialog or menu. */
const ALL_KEYS = 'canvas, [data-own-keys], [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
/** Places that want the keys that write. */
const LETTERS = 'input, textarea, select, [contenteditable="true"]';

function wantsKey(target: EventTarget | null, isCtrl: boolean): boolean {
  return target instanceof Element && target.closest(isCtrl ? ALL_KEYS : `${ALL_KEYS}, ${LETTERS}`) !== null;
}

/** Moves the focus to the page's filter, or else to the rail's. */
function focusFilter(): boolean {
  const field =
    document.querySelector<HTMLInputElement>('main [data-filter] input') ??
    document.querySelector<HTMLInputElement>('[data-filter] input');
  field?.focus();
  field?.select();
  return field !== null;
}

/** Listens for the shortcuts of `shortcuts.ts` and shows their list. */
export function Shortcuts() {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const prefixAt = useRef(-Infinity);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isCtrl = event.ctrlKey || event.metaKey;
      if (event.defaultPrevented || event.altKey || wantsKey(event.target, isCtrl)) return;
      const isAfterG = event.timeStamp - prefixAt.current < PREFIX_MS;
      const meaning = keyMeaning({ key: event.key, isCtrl, isAfterG });
      prefixAt.current = meaning?.kind === 'prefix' ? event.timeStamp : -Infinity;
      if (meaning?.kind === 'go') router.push(meaning.href);
      else if (meaning?.kind === 'help') setOpen(true);
      else if (meaning?.kind === 'palette') window.dispatchEvent(new Event(SHOW_PALETTE));
      else if (meaning?.kind !== 'filter' || !focusFilter()) return;
      event.preventDefault();
    };
    const show = () => setOpen(true);
    // In the capture phase: tables search by typing and would swallow letters.
    window.addEventListener('keydown', onKey, true);
    window.addEventListener(SHOW_SHORTCUTS, show);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener(SHOW_SHORTCUTS, show);
    };
  }, [router]);
  return (
    <Dialog title="Keyboard shortcuts" isOpen={isOpen} onClose={() => setOpen(false)}>
      <div className="grid gap-6 sm:grid-cols-2">
        <KeyList title="Everywhere" list={SHORTCUTS} />
        <KeyList title="In tables" list={TABLE_KEYS} />
      </div>
    </Dialog>
  );
}

function KeyList({ title, list }: { title: string; list: readonly { keys: string[]; about: string }[] }) {
  return (
    <section>
      <h3 className="mb-2 font-medium">{title}</h3>
      <dl className="flex flex-col gap-1.5">
        {list.map(({ keys, about }) => (
          <div key={about} className="flex items-center justify-between gap-3">
            <dt className="text-muted">{about}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Key key={key}>{key}</Key>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
