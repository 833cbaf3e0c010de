'use client';

import { Camera, ExternalLink, Eye, EyeOff, Keyboard, Maximize, Minimize, TextCursorInput } from 'lucide-react';
import type { VmView } from '@/lib/shared/vm';
import { Button, IconButton } from '../ui/Button';
import type { Key } from './keys';
import { KeysMenu } from './KeysMenu';
import type { DisplaySession } from './display-session';
import { PopOutLink } from './PopOutLink';
import { RecordButton } from './RecordButton';
import { StickyButtons } from './StickyButtons';

const ICON = { 'aria-hidden': true, className: 'size-4' } as const;

export interface DisplayToolbarProps {
  vm: VmView;
  session: DisplaySession;
  isConnected: boolean;
  isViewOnly: boolean;
  isFit: boolean;
  isFull: boolean;
  /** In a tab of its own there is nothing to pop out. */
  isPopOut: boolean;
  onPress: (keys: readonly Key[]) => void;
  onType: () => void;
  onViewOnly: (viewOnly: boolean) => void;
  onFit: (fit: boolean) => void;
  onFull: () => void;
  onKeyboard: () => void;
  onScreenshot: () => void;
}

/** The one row of tools above a screen. */
export function DisplayToolbar(props: DisplayToolbarProps) {
  const { isConnected, isViewOnly, isFit, isFull, isPopOut } = props;
  const notConnected = isConnected ? null : 'The screen is not connected.';
  const noInput = isViewOnly ? 'View only is on: nothing is sent to the guest.' : notConnected;
  return (
    <>
      <KeysMenu vm={props.vm} disabledReason={noInput} onPress={props.onPress} />
      <StickyButtons session={props.session} disabledReason={noInput} />
      <IconButton
        size="sm"
        label="Type text…"
        icon={<TextCursorInput {...ICON} />}
        disabledReason={noInput}
        onPress={props.onType}
      />
      <span className="hidden pointer-coarse:block">
        <IconButton
          size="sm"
          label="Open the keyboard"
          icon={<Keyboard {...ICON} />}
          disabledReason={noInput}
          onPress={props.onKeyboard}
        />
      </span>
      <IconButton
        size="sm"
        label={isViewOnly ? 'View only is on: allow input' : 'View only'}
        aria-pressed={isViewOnly}
        icon={isViewOnly ? <EyeOff {...ICON} /> : <Eye {...ICON} />}
        onPress={() => props.onViewOnly(!isViewOnly)}
      />
      <span className="min-w-0 flex-1 truncate text-right text-sm text-muted max-sm:invisible sm:px-2 pointer-coarse:invisible">
        {isViewOnly ? 'View only' : 'Ctrl+Alt leaves the screen'}
      </span>
      <Button
        size="sm"
        kind="quiet"
        aria-label={isFit ? 'Show at 1:1' : 'Fit to the window'}
        tooltip={isFit ? 'Show at 1:1' : 'Fit to the window'}
        onPress={() => props.onFit(!isFit)}
      >
        {isFit ? '1:1' : 'Fit'}
      </Button>
      <IconButton
        size="sm"
        label="Save a screenshot"
        icon={<Camera {...ICON} />}
        disabledReason={notConnected}
        onPress={props.onScreenshot}
      />
      <RecordButton session={props.session} vmName={props.vm.name} disabledReason={notConnected} />
      {!isPopOut && <PopOutLink vmName={props.vm.name} tab="display" icon={<ExternalLink {...ICON} />} />}
      <IconButton
        size="sm"
        label={isFull ? 'Leave fullscreen' : 'Fullscreen'}
        icon={isFull ? <Minimize {...ICON} /> : <Maximize {...ICON} />}
        onPress={props.onFull}
      />
    </>
  );
}
