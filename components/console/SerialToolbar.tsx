'use client';

import {
  AArrowDown,
  AArrowUp,
  ClipboardPaste,
  Copy,
  Download,
  Eraser,
  ExternalLink,
  History,
  Maximize,
  Minimize,
  RulerDimensionLine,
  Search,
  TextCursorInput,
} from 'lucide-react';
import { IconButton } from '../ui/Button';
import { PopOutLink } from './PopOutLink';

const ICON = { 'aria-hidden': true, className: 'size-4' } as const;

export interface SerialToolbarProps {
  vmName: string;
  isConnected: boolean;
  hasSelection: boolean;
  hasOutput: boolean;
  isFitted: boolean;
  isFull: boolean;
  isPopOut: boolean;
  onCopy: () => void;
  onPaste: () => void;
  onType: () => void;
  onSearch: () => void;
  onClear: () => void;
  onSave: () => void;
  onPast: () => void;
  onFitted: (fitted: boolean) => void;
  onFontStep: (step: 1 | -1) => void;
  onFull: () => void;
}

/** The one row of tools above a terminal. */
export function SerialToolbar(props: SerialToolbarProps) {
  const nothing = props.hasOutput ? null : 'The terminal is empty.';
  return (
    <>
      <IconButton
        size="sm"
        label="Copy the selection (Ctrl+Shift+C)"
        icon={<Copy {...ICON} />}
        disabledReason={props.hasSelection ? null : 'Select text in the terminal first.'}
        onPress={props.onCopy}
      />
      <IconButton
        size="sm"
        label="Paste (Ctrl+Shift+V)"
        icon={<ClipboardPaste {...ICON} />}
        disabledReason={props.isConnected ? null : 'The serial port is not connected.'}
        onPress={props.onPaste}
      />
      <IconButton
        size="sm"
        label="Type text…"
        icon={<TextCursorInput {...ICON} />}
        disabledReason={props.isConnected ? null : 'The serial port is not connected.'}
        onPress={props.onType}
      />
      <IconButton
        size="sm"
        label="Search (Ctrl+Shift+F)"
        icon={<Search {...ICON} />}
        disabledReason={nothing}
        onPress={props.onSearch}
      />
      <IconButton
        size="sm"
        label="Clear"
        icon={<Eraser {...ICON} />}
        disabledReason={nothing}
        onPress={props.onClear}
      />
      <IconButton
        size="sm"
        label="Save as a text file"
        icon={<Download {...ICON} />}
        disabledReason={nothing}
        onPress={props.onSave}
      />
      <IconButton size="sm" label="Past output" icon={<History {...ICON} />} onPress={props.onPast} />
      <span className="min-w-0 flex-1 truncate text-right text-sm text-muted max-sm:invisible sm:px-2 pointer-coarse:invisible">
        Ctrl+Alt leaves the terminal
      </span>
      <IconButton size="sm" label="Smaller text" icon={<AArrowDown {...ICON} />} onPress={() => props.onFontStep(-1)} />
      <IconButton size="sm" label="Larger text" icon={<AArrowUp {...ICON} />} onPress={() => props.onFontStep(1)} />
      <IconButton
        size="sm"
        label={props.isFitted ? 'Use 80 × 24' : 'Fit to the window'}
        icon={<RulerDimensionLine {...ICON} />}
        onPress={() => props.onFitted(!props.isFitted)}
      />
      {!props.isPopOut && <PopOutLink vmName={props.vmName} tab="console" icon={<ExternalLink {...ICON} />} />}
      <IconButton
        size="sm"
        label={props.isFull ? 'Leave fullscreen' : 'Fullscreen'}
        icon={props.isFull ? <Minimize {...ICON} /> : <Maximize {...ICON} />}
        onPress={props.onFull}
      />
    </>
  );
}
