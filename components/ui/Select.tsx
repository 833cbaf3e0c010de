'use client';
import { Check, ChevronDown, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Autocomplete,
  Button as AriaButton,
  Input,
  ListBox,
  ListBoxItem,
  SearchField,
  Select as AriaSelect,
  SelectValue,
  Text,
  useFilter,
  type Key,
} from 'react-aria-components';
import { cx } from './cx';
import { CONTROL, FIELD, FieldHelp, FieldLabel, type FieldTexts } from './Field';
import { PopoverBox } from './Popover';

export interface Option<V extends string = string> {
  value: V;
  label: string;
  /** A second line in the list. */
  about?: ReactNode;
  /** Why it cannot be chosen; stands in place of `about`. */
  disabledReason?: string | null;
}

interface SelectProps<V extends string> extends FieldTexts {
  options: readonly Option<V>[];
  value: V | null;
  onChange: (value: V) => void;
  placeholder?: string;
  /** Why nothing can be chosen now; shown in place of the help. */
  disabledReason?: string | null;
  className?: string;
  /** Leaves the label to screen readers, for rows of a table. */
  hideLabel?: boolean;
}

const ITEM =
  'group flex cursor-default items-center gap-2 rounded-md px-2 py-1.5 outline-none select-none focus:bg-selected disabled:text-disabled pointer-coarse:py-2.5';

function OptionItem({ option }: { option: Option }) {
  const below = option.disabledReason ?? option.about;
  return (
    <ListBoxItem
      id={option.value}
      textValue={option.label}
      isDisabled={Boolean(option.disabledReason)}
      className={ITEM}
    >
      <Check aria-hidden className="size-4 shrink-0 opacity-0 group-selected:opacity-100" />
      <div className="min-w-0">
        <Text slot="label" className="block">
          {option.label}
        </Text>
        {below && (
          <Text slot="description" className="block text-sm text-pretty text-muted">
            {below}
          </Text>
        )}
      </div>
    </ListBoxItem>
  );
}

function Options({ options, empty }: { options?: readonly Option[]; empty?: string }) {
  return (
    <ListBox
      {...(options ? { items: options.map((o) => ({ ...o, id: o.value })) } : {})}
      renderEmptyState={() => <p className="px-3 py-2 text-muted">{empty ?? 'Nothing to choose from.'}</p>}
      className="max-h-80 overflow-auto p-1 outline-none"
    >
      {(option: Option) => <OptionItem option={option} />}
    </ListBox>
  );
}

/** Shows what is chosen, and opens the list. */
function SelectButton() {
  return (
    <AriaButton className={cx(CONTROL, 'flex items-center gap-2 text-left')}>
      <SelectValue className="min-w-0 flex-1 truncate placeholder:text-faint [&_[slot=description]]:hidden">
        {({ selectedText, isPlaceholder, defaultChildren }) => (isPlaceholder ? defaultChildren : selectedText)}
      </SelectValue>
      <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
    </AriaButton>
  );
}

/** One of a few options. */
export function Select<V extends string>({
  options,
  value,
  onChange,
  label,
  help,
  error,
  note,
  placeholder = 'Choose',
  disabledReason,
  className,
  hideLabel,
}: SelectProps<V>) {
  return (
    <AriaSelect
      value={value}
      onChange={(key: Key | null) => key !== null && onChange(key as V)}
      isInvalid={Boolean(error)}
      isDisabled={Boolean(disabledReason)}
      {...(hideLabel ? { 'aria-label': label } : {})}
      placeholder={placeholder}
      className={cx(FIELD, className)}
    >
      {!hideLabel && <FieldLabel label={label} note={note} />}
      <SelectButton />
      <FieldHelp help={disabledReason ?? help} error={error} />
      <PopoverBox className="min-w-(--trigger-width)">
        <Options options={options} />
      </PopoverBox>
    </AriaSelect>
  );
}

/** One of many options: a select with a search above its list. */
export function SearchSelect<V extends string>({ placeholder = 'Choose', ...props }: SelectProps<V>) {
  const { options, value, onChange, label, help, error, note, disabledReason, className } = props;
  const { contains } = useFilter({ sensitivity: 'base' });
  return (
    <AriaSelect
      value={value}
      onChange={(key: Key | null) => key !== null && onChange(key as V)}
      isInvalid={Boolean(error)}
      isDisabled={Boolean(disabledReason)}
      placeholder={placeholder}
      className={cx(FIELD, className)}
    >
      <FieldLabel label={label} note={note} />
      <SelectButton />
      <FieldHelp help={disabledReason ?? help} error={error} />
      <PopoverBox className="flex min-w-(--trigger-width) flex-col">
        <Autocomplete filter={contains}>
          <SearchField aria-label={`Search: ${label}`} autoFocus className="relative border-b p-1">
            <Search
              aria-hidden
              className="pointer-events-none absolute top-1/2 left-3.5 size-3.5 -translate-y-1/2 text-faint"
            />
            <Input
              placeholder="Search"
              className={cx(CONTROL, 'border-transparent! pl-8 outline-none [&::-webkit-search-cancel-button]:hidden')}
            />
          </SearchField>
          <Options options={options} empty="Nothing matches." />
        </Autocomplete>
      </PopoverBox>
    </AriaSelect>
  );
}
