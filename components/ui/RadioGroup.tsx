'use client';
import type { ReactNode } from 'react';
import { Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components';
import { cx } from './cx';
import { FIELD, FieldHelp, FieldLabel, type FieldTexts } from './Field';

export interface Choice<V extends string = string> {
  value: V;
  label: string;
  about?: ReactNode;
  /** A 20-px picture, shown by cards. */
  icon?: ReactNode;
  /** Why it cannot be chosen; stands in place of `about`. */
  disabledReason?: string | null;
}

interface RadioGroupProps<V extends string> extends FieldTexts {
  choices: readonly Choice<V>[];
  value: V | null;
  onChange: (value: V) => void;
  /** `cards` for a choice that shapes the page, `list` for the rest. */
  look?: 'list' | 'cards';
  className?: string;
}

const DOT =
  'border-line-strong group-selected:border-inverse group-focus-visible:outline-focus mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border bg-canvas group-selected:border-5';
const CARD =
  'border-line group-focus-visible:outline-focus hover:bg-hover selected:border-inverse selected:bg-hover selected:ring-inverse rounded-lg border p-3 selected:ring-1 focus-visible:outline-focus';

/** One of a few choices, all in sight. */
export function RadioGroup<V extends string>({
  choices,
  value,
  onChange,
  label,
  help,
  error,
  note,
  look = 'list',
  className,
}: RadioGroupProps<V>) {
  const isCards = look === 'cards';
  return (
    <AriaRadioGroup
      value={value}
      onChange={(v) => onChange(v as V)}
      isInvalid={Boolean(error)}
      className={cx(FIELD, className)}
    >
      <FieldLabel label={label} note={note} />
      <div className={isCards ? 'grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-2' : 'flex flex-col gap-1.5'}>
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            value={choice.value}
            isDisabled={Boolean(choice.disabledReason)}
            className={cx('group flex items-start gap-2 disabled:text-disabled', isCards && CARD)}
          >
            {isCards ? (
              choice.icon && <span className="mt-px shrink-0 text-muted">{choice.icon}</span>
            ) : (
              <span className={DOT} />
            )}
            <span className="flex min-w-0 flex-col">
              <span className={cx(isCards && 'font-medium')}>{choice.label}</span>
              {(choice.disabledReason ?? choice.about) && (
                <span className="text-sm text-pretty text-muted">{choice.disabledReason ?? choice.about}</span>
              )}
            </span>
          </Radio>
        ))}
      </div>
      <FieldHelp help={help} error={error} />
    </AriaRadioGroup>
  );
}
