'use client';
import { useState, type ReactNode, type Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { cx } from './cx';
import { Spinner } from './Spinner';
import { Tooltip } from './Tooltip';

export type ButtonKind = 'primary' | 'normal' | 'quiet' | 'danger';
export type ButtonSize = 'md' | 'sm';

const KINDS: Record<ButtonKind, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover pressed:bg-accent-hover font-medium',
  normal: 'border border-line-strong/60 bg-canvas text-body hover:bg-hover pressed:bg-selected',
  quiet: 'text-body hover:bg-hover pressed:bg-selected',
  danger: 'bg-danger-strong text-on-danger hover:bg-danger-strong-hover pressed:bg-danger-strong-hover font-medium',
};
const SIZES: Record<ButtonSize, string> = {
  md: 'h-8 gap-1.5 rounded-md px-3 pointer-coarse:h-10',
  sm: 'h-7 gap-1 rounded-md px-2 text-sm pointer-coarse:h-9',
};
const BASE =
  'inline-flex shrink-0 items-center justify-center whitespace-nowrap select-none transition-colors duration-100';
const DISABLED =
  'aria-disabled:bg-transparent aria-disabled:border aria-disabled:border-line aria-disabled:text-disabled';
const DISABLED_QUIET = 'aria-disabled:text-disabled aria-disabled:bg-transparent';

/** The classes of a button, for links that look like one. */
export function buttonClass(kind: ButtonKind = 'normal', size: ButtonSize = 'md', more?: string): string {
  return cx(BASE, KINDS[kind], SIZES[size], kind === 'quiet' ? DISABLED_QUIET : DISABLED, more);
}

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'isDisabled'> {
  kind?: ButtonKind;
  size?: ButtonSize;
  /** A 16-px icon before the text. */
  icon?: ReactNode;
  children?: ReactNode;
  /** Why it cannot be used now, as a sentence; shown on hover, focus and press. The button stays focusable. */
  disabledReason?: string | null;
  /** A text on hover and focus while it can be used. */
  tooltip?: string;
  /** Shows `tooltip` the browser's own way. For rows of large tables, where a hundred tooltips would be slow. */
  hasLightTip?: boolean;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A button. It is disabled only with a reason, and says that reason. */
export function Button({
  kind,
  size,
  icon,
  children,
  disabledReason,
  tooltip,
  hasLightTip,
  className,
  ...rest
}: ButtonProps) {
  const [open, setOpen] = useState(false);
  const { onPress, type, isPending, ...others } = rest;
  const text = disabledReason ?? (hasLightTip ? null : tooltip);
  const button = (
    <AriaButton
      {...others}
      isPending={isPending}
      type={disabledReason ? 'button' : type}
      aria-disabled={disabledReason ? true : undefined}
      onPress={disabledReason ? () => setOpen(true) : onPress}
      className={buttonClass(kind, size, className)}
      {...(hasLightTip ? { render: (props) => <button {...props} title={tooltip} /> } : {})}
    >
      {isPending ? <Spinner /> : icon}
      {children}
    </AriaButton>
  );
  if (!text) return button;
  return (
    <Tooltip text={text} isOpen={open} onOpenChange={setOpen}>
      {button}
    </Tooltip>
  );
}

/** A square button with an icon only; its label is its name and its tooltip. */
export function IconButton({
  label,
  icon,
  kind = 'quiet',
  size = 'md',
  className,
  ...rest
}: Omit<ButtonProps, 'children' | 'tooltip'> & { label: string }) {
  const square = size === 'md' ? 'w-8 pointer-coarse:w-10' : 'w-7 pointer-coarse:w-9';
  return (
    <Button
      {...rest}
      kind={kind}
      size={size}
      icon={icon}
      tooltip={label}
      aria-label={label}
      className={cx(square, 'px-0!', className)}
    />
  );
}
