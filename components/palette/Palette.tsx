'use client';
import { Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
  Text,
} from 'react-aria-components';
import { useVms } from '../live/live-hooks';
import { StatusMark } from '../ui/StatusMark';
import { useStored } from '../ui/use-stored';
import { useShownStatus } from '../vms/pending-verbs';
import type { VmView } from '@/lib/shared/vm';
import { findItems, paletteItems, type FoundItem, type PaletteItem } from './palette-items';

const MAX_RECENT = 8;

const checkRecent = (stored: unknown): string[] =>
  Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string').slice(0, MAX_RECENT) : [];

interface PaletteProps {
  isOpen: boolean;
  onClose: () => void;
  /** Called after it has closed. */
  onChoose: (item: PaletteItem) => void;
}

/** Goes to anything or does anything, by a few letters of its name. */
export function Palette({ isOpen, onClose, onChoose }: PaletteProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex items-start justify-center bg-scrim p-3 pt-[12vh]"
    >
      <Modal className="w-full max-w-xl overflow-hidden rounded-xl bg-raised shadow-dialog">
        <Dialog aria-label="Go to or do" className="outline-none">
          <Commands
            onChoose={(item) => {
              onClose();
              onChoose(item);
            }}
          />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Commands({ onChoose }: { onChoose: (item: PaletteItem) => void }) {
  const vms = useVms();
  const [typed, setTyped] = useState('');
  const [recent, setRecent] = useStored('skep-palette', checkRecent);
  const needle = useDeferredValue(typed);
  const items = useMemo(() => paletteItems(vms), [vms]);
  const found = useMemo(() => findItems(items, needle, recent), [items, needle, recent]);
  const choose = (id: string) => {
    const item = items.find((one) => one.id === id);
    if (!item) return;
    setRecent([id, ...recent.filter((other) => other !== id)].slice(0, MAX_RECENT));
    onChoose(item);
  };
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <SearchField aria-label="Go to or do" autoFocus className="relative border-b">
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-4 size-4 -translate-y-1/2 text-faint"
        />
        <Input
          placeholder="Go to a page or a VM, or do something with it"
          className="h-12 w-full bg-transparent pr-4 pl-11 text-lg outline-none [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <Menu
        aria-label="Commands"
        items={found}
        onAction={(key) => choose(String(key))}
        renderEmptyState={() => <p className="px-3 py-6 text-center text-muted">Nothing of that name.</p>}
        className="max-h-[50vh] overflow-auto p-1.5 outline-none"
      >
        {(item) => <Command item={item} />}
      </Menu>
    </Autocomplete>
  );
}

function Command({ item }: { item: FoundItem }) {
  return (
    <MenuItem
      id={item.id}
      textValue={item.title}
      className="flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 outline-none focus:bg-selected pointer-coarse:min-h-11"
    >
      <span className="flex w-3.5 shrink-0 justify-center">{item.vm && <VmMark vm={item.vm} />}</span>
      <Text slot="label" className="min-w-0 flex-1 truncate">
        <Highlighted text={item.title} ranges={item.ranges} />
      </Text>
      <span className="shrink-0 text-sm text-muted">{item.sort}</span>
    </MenuItem>
  );
}

function VmMark({ vm }: { vm: VmView }) {
  const { kind, word } = useShownStatus(vm);
  return <StatusMark kind={kind} label={word} />;
}

/** What matched is bold. */
function Highlighted({ text, ranges }: { text: string; ranges: FoundItem['ranges'] }) {
  let at = 0;
  const parts = ranges.map(([start, end]) => {
    const before = text.slice(at, start);
    at = end;
    return (
      <span key={start}>
        {before}
        <mark className="bg-transparent font-semibold text-body underline decoration-accent decoration-2 underline-offset-3">
          {text.slice(start, end)}
        </mark>
      </span>
    );
  });
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
