'use client';
import type { ReactElement, ReactNode } from 'react';
import {
  Dialog,
  DialogTrigger,
  Popover as AriaPopover,
  type PopoverProps as AriaPopoverProps,
} from 'react-aria-components';
import { cx } from './cx';

/** The raised box that menus, lists and popovers stand in. */
export function PopoverBox({ className, ...rest }: Omit<AriaPopoverProps, 'className'> & { className?: string }) {
  return (
    <AriaPopover
      offset={4}
      {...rest}
      className={cx(
        'max-w-[min(28rem,calc(100vw-1rem))] rounded-lg bg-raised shadow-raised outline-none entering:animate-appear',
        className,
      )}
    />
  );
}

/** A small box that a button opens beside itself. */
export function Popover({
  trigger,
  label,
  children,
  placement = 'bottom end',
}: {
  trigger: ReactElement;
  label: string;
  children: ReactNode;
  placement?: AriaPopoverProps['placement'];
}) {
  return (
    <DialogTrigger>
      {trigger}
      <PopoverBox placement={placement}>
        <Dialog aria-label={label} className="p-3 outline-none">
          {children}
        </Dialog>
      </PopoverBox>
    </DialogTrigger>
  );
}
