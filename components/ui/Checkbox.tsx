'use client';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  Switch as AriaSwitch,
  type CheckboxProps as AriaCheckboxProps,
  type SwitchProps as AriaSwitchProps,
} from 'react-aria-components';
import { cx } from './cx';

const BOX =
  'flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-canvas text-on-inverse group-selected:border-inverse group-selected:bg-inverse group-indeterminate:border-inverse group-indeterminate:bg-inverse group-focus-visible:outline-focus group-disabled:border-line group-disabled:bg-sunken';

interface LabelledProps {
  children?: ReactNode;
  /** One line below the label. */
  help?: ReactNode;
  /** A remark beside the label, such as "Needs a restart". */
  note?: string | null;
  className?: string;
}

function Labelled({ children, help, note }: LabelledProps) {
  if (!children) return null;
  return (
    <span className="flex min-w-0 flex-col">
      <span>
        {children} {note && <span className="text-sm text-attention">{note}</span>}
      </span>
      {help && <span className="text-sm text-pretty text-muted">{help}</span>}
    </span>
  );
}

/** A box to tick. Without children (a table's selection) it needs `slot` or `aria-label`. */
export function Checkbox({
  children,
  help,
  note,
  className,
  ...rest
}: Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> & LabelledProps) {
  return (
    <AriaCheckbox
      {...rest}
      className={cx(
        'group flex gap-2 disabled:text-disabled',
        children ? 'items-start' : 'items-center justify-center',
        className,
      )}
    >
      {({ isIndeterminate, isSelected }) => (
        <>
          <span className={cx(BOX, children ? 'mt-0.5' : null)}>
            {isIndeterminate ? (
              <Minus aria-hidden className="size-3" strokeWidth={3} />
            ) : (
              isSelected && <Check aria-hidden className="size-3" strokeWidth={3} />
            )}
          </span>
          <Labelled help={help} note={note}>
            {children}
          </Labelled>
        </>
      )}
    </AriaCheckbox>
  );
}

/** On or off, at once. */
export function Switch({
  children,
  help,
  note,
  className,
  ...rest
}: Omit<AriaSwitchProps, 'children' | 'className' | 'style'> & LabelledProps) {
  return (
    <AriaSwitch {...rest} className={cx('group flex items-start gap-2.5 disabled:text-disabled', className)}>
      <span className="mt-px flex h-4.5 w-8 shrink-0 items-center rounded-full border border-line-strong bg-canvas px-0.5 transition-colors duration-100 group-focus-visible:outline-focus group-disabled:opacity-50 group-selected:border-inverse group-selected:bg-inverse">
        <span className="size-3 rounded-full bg-line-strong transition-transform duration-100 group-selected:translate-x-3.5 group-selected:bg-on-inverse" />
      </span>
      <Labelled help={help} note={note}>
        {children}
      </Labelled>
    </AriaSwitch>
  );
}
