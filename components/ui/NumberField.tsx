'use client';
import { Minus, Plus } from 'lucide-react';
import {
  Button as AriaButton,
  Group,
  Input,
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
} from 'react-aria-components';
import { cx } from './cx';
import { CONTROL, FIELD, FieldHelp, FieldLabel, type FieldTexts } from './Field';

export interface NumberFieldProps
  extends FieldTexts, Omit<AriaNumberFieldProps, 'children' | 'className' | 'style' | 'isInvalid'> {
  /** Shown inside the field: "MiB", "GiB", "s". */
  unit?: string;
  className?: string;
}

const STEP =
  'text-muted hover:text-body hover:bg-hover disabled:text-disabled flex h-full w-7 items-center justify-center pointer-coarse:w-10';

/** A number with its unit inside, and steps. `onChange` gets NaN for an empty field. */
export function NumberField({ label, help, error, note, unit, className, ...rest }: NumberFieldProps) {
  return (
    <AriaNumberField {...rest} isInvalid={Boolean(error)} className={cx(FIELD, className)}>
      <FieldLabel label={label} note={note} />
      <Group className={cx(CONTROL, 'flex items-center overflow-hidden px-0! pr-0! focus-within:outline-focus')}>
        <Input className="h-full min-w-0 flex-1 bg-transparent px-2.5 tabular outline-none" />
        {unit && <span className="px-2 text-sm text-muted">{unit}</span>}
        <AriaButton slot="decrement" className={cx(STEP, 'border-l')}>
          <Minus aria-hidden className="size-3.5" />
        </AriaButton>
        <AriaButton slot="increment" className={cx(STEP, 'border-l')}>
          <Plus aria-hidden className="size-3.5" />
        </AriaButton>
      </Group>
      <FieldHelp help={help} error={error} />
    </AriaNumberField>
  );
}
