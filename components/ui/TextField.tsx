'use client';
import { Search, X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import {
  Button as AriaButton,
  Input,
  SearchField as AriaSearchField,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { cx } from './cx';
import { CONTROL, FIELD, FieldHelp, FieldLabel, type FieldTexts } from './Field';

export interface TextFieldProps
  extends FieldTexts, Omit<AriaTextFieldProps, 'children' | 'className' | 'style' | 'isInvalid'> {
  placeholder?: string;
  /** Names, paths, addresses: in the monospaced face. */
  isCode?: boolean;
  /** Leaves the label to screen readers, for rows of a list. */
  hideLabel?: boolean;
  /** Shown inside, at the end (a unit, a small button). */
  suffix?: ReactNode;
  className?: string;
  inputRef?: Ref<HTMLInputElement>;
}

/** One line of text. */
export function TextField({
  label,
  help,
  error,
  note,
  placeholder,
  isCode,
  hideLabel,
  suffix,
  className,
  inputRef,
  ...rest
}: TextFieldProps) {
  const named = hideLabel ? { 'aria-label': label } : {};
  return (
    <AriaTextField {...rest} {...named} isInvalid={Boolean(error)} className={cx(FIELD, className)}>
      {!hideLabel && <FieldLabel label={label} note={note} />}
      <div className="relative">
        <Input
          ref={inputRef}
          placeholder={placeholder}
          className={cx(CONTROL, isCode && 'font-mono text-sm', suffix ? 'pr-16' : null)}
        />
        {suffix && <span className="absolute inset-y-0 right-2.5 flex items-center text-sm text-muted">{suffix}</span>}
      </div>
      <FieldHelp help={help} error={error} />
    </AriaTextField>
  );
}

/** Several lines of text. */
export function TextAreaField({
  label,
  help,
  error,
  note,
  placeholder,
  isCode,
  className,
  rows = 6,
  ...rest
}: Omit<TextFieldProps, 'suffix' | 'inputRef' | 'hideLabel'> & { rows?: number }) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className={cx(FIELD, className)}>
      <FieldLabel label={label} note={note} />
      <TextArea
        rows={rows}
        placeholder={placeholder}
        className={cx(CONTROL, 'h-auto! resize-y py-1.5', isCode && 'font-mono text-sm')}
      />
      <FieldHelp help={help} error={error} />
    </AriaTextField>
  );
}

interface FilterFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  className?: string;
  inputRef?: Ref<HTMLInputElement>;
  /** Shown at the end while it is empty, such as the key that leads here. */
  hint?: ReactNode;
}

/** A field that filters what stands below it while one types. Escape empties it. */
export function FilterField({ label, placeholder = 'Filter', className, inputRef, hint, ...rest }: FilterFieldProps) {
  return (
    <AriaSearchField {...rest} data-filter aria-label={label} className={cx('group relative', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-faint"
      />
      <Input
        ref={inputRef}
        placeholder={placeholder}
        className={cx(CONTROL, 'pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden')}
      />
      {hint && (
        <span className="pointer-events-none absolute inset-y-0 right-2 hidden items-center group-empty:flex pointer-coarse:hidden!">
          {hint}
        </span>
      )}
      <AriaButton className="absolute inset-y-0 right-1 flex w-7 items-center justify-center rounded-sm text-muted group-empty:hidden hover:text-body">
        <X aria-hidden className="size-3.5" />
      </AriaButton>
    </AriaSearchField>
  );
}
