'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { IconButton } from '../ui/Button';
import { FilterField } from '../ui/TextField';

const ICON = { 'aria-hidden': true, className: 'size-4' } as const;

interface SerialSearchProps {
  /** Selects a match; returns false when there is none. */
  onFind: (text: string, direction: 'next' | 'previous', isTyping: boolean) => boolean;
  onClose: () => void;
}

/** A small bar over the terminal that searches its scrollback. */
export function SerialSearch({ onFind, onClose }: SerialSearchProps) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  useEffect(() => field.current?.focus(), []);
  const find = (term: string, direction: 'next' | 'previous', isTyping = false) =>
    setMissing(term !== '' && !onFind(term, direction, isTyping));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') find(text, event.shiftKey ? 'previous' : 'next');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="search"
      className="absolute top-2 right-4 z-10 flex items-center gap-0.5 rounded-md bg-raised p-1 shadow-raised"
    >
      <div onKeyDownCapture={onKeyDown}>
        <FilterField
          inputRef={field}
          label="Search the scrollback"
          placeholder="Search"
          value={text}
          onChange={(term) => {
            setText(term);
            find(term, 'next', true);
          }}
        />
      </div>
      <span role="status" className="px-1 text-sm text-muted">
        {isMissing ? 'Not found' : ''}
      </span>
      <IconButton
        size="sm"
        label="Previous match"
        icon={<ChevronUp {...ICON} />}
        onPress={() => find(text, 'previous')}
      />
      <IconButton size="sm" label="Next match" icon={<ChevronDown {...ICON} />} onPress={() => find(text, 'next')} />
      <IconButton size="sm" label="Close the search" icon={<X {...ICON} />} onPress={onClose} />
    </div>
  );
}
