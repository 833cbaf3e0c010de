'use client';
import { useState, type ReactElement, type ReactNode } from 'react';
import { Button, Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import { cx } from './cx';

const BUBBLE =
  'bg-inverse text-on-inverse shadow-raised entering:animate-appear z-50 max-w-72 rounded-md px-2 py-1 text-sm text-pretty break-words';

interface TooltipProps {
  text: ReactNode;
  /** Something that can be focused: a button or a link of this kit. */
  children: ReactElement;
  placement?: 'top' | 'bottom' | 'left' | 'right';
  isOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
  isDisabled?: boolean;
}

/** A short text at a control, on hover and on focus. */
export function Tooltip({ text, children, placement = 'top', ...state }: TooltipProps) {
  return (
    <TooltipTrigger delay={350} closeDelay={80} {...state}>
      {children}
      <AriaTooltip placement={placement} offset={6} className={BUBBLE}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}

/**
 * A text that explains itself: on hover, on focus, and when it is touched. For rows of a table use `title`
 * instead: there every focusable thing is one more stop for the arrow keys.
 */
export function Hint({ text, children, className }: { text: ReactNode; children: ReactNode; className?: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Tooltip text={text} isOpen={isOpen} onOpenChange={setOpen}>
      <Button onPress={() => setOpen(true)} className={cx('cursor-help rounded-sm text-left', className)}>
        {children}
      </Button>
    </Tooltip>
  );
}
