'use client';
import NextLink from 'next/link';
import type { ReactElement, ReactNode } from 'react';
import {
  Header,
  Keyboard,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection,
  MenuTrigger,
  Separator,
  Text,
  type MenuItemProps as AriaMenuItemProps,
  type PopoverProps,
} from 'react-aria-components';
import { cx } from './cx';
import { PopoverBox } from './Popover';

const ITEM =
  'text-body focus:bg-selected disabled:text-disabled flex cursor-default items-center gap-2.5 rounded-md px-2 py-1.5 outline-none select-none pointer-coarse:py-2.5';

interface MenuProps {
  /** A button of this kit. */
  trigger: ReactElement;
  label: string;
  children: ReactNode;
  placement?: PopoverProps['placement'];
}

/** A menu that a button opens. Its children are `MenuItem`, `MenuLine` and `MenuChoices`. */
export function Menu({ trigger, label, children, placement = 'bottom end' }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <PopoverBox placement={placement} className="min-w-44">
        <AriaMenu aria-label={label} className="max-h-[70vh] overflow-auto p-1 outline-none">
          {children}
        </AriaMenu>
      </PopoverBox>
    </MenuTrigger>
  );
}

interface MenuItemProps extends Omit<AriaMenuItemProps, 'children' | 'className' | 'style' | 'isDisabled'> {
  icon?: ReactNode;
  children: string;
  /** Why it cannot be used now; stands below its text. */
  disabledReason?: string | null;
  isDanger?: boolean;
  keys?: string;
}

/** An entry of a menu. `href` makes it a link. */
export function MenuItem({ icon, children, disabledReason, isDanger, keys, ...rest }: MenuItemProps) {
  return (
    <AriaMenuItem
      {...rest}
      textValue={children}
      isDisabled={Boolean(disabledReason)}
      className={cx(ITEM, isDanger && !disabledReason && 'text-danger!')}
      {...(rest.href
        ? { render: (props) => ('href' in props ? <NextLink {...props} href={rest.href ?? ''} /> : <div {...props} />) }
        : {})}
    >
      {icon && <span className="shrink-0 text-muted">{icon}</span>}
      <span className="min-w-0 flex-1">
        <Text slot="label">{children}</Text>
        {disabledReason && (
          <Text slot="description" className="block max-w-64 text-xs text-pretty">
            {disabledReason}
          </Text>
        )}
      </span>
      {keys && <Keyboard className="font-sans text-sm text-faint">{keys}</Keyboard>}
    </AriaMenuItem>
  );
}

/** A line between groups of entries. */
export function MenuLine() {
  return <Separator className="mx-1 my-1 h-px bg-line" />;
}

/** A text on top of a menu that cannot be chosen: whose menu it is. */
export function MenuText({ title, about }: { title: string; about?: string }) {
  return (
    <MenuSection>
      <Header className="px-2 py-1.5">
        <span className="block truncate font-medium">{title}</span>
        {about && <span className="block text-sm text-muted">{about}</span>}
      </Header>
    </MenuSection>
  );
}

interface MenuChoicesProps {
  label: string;
  /** Shows the label above the choices, where a menu has several kinds of them. */
  isTitled?: boolean;
  mode: 'single' | 'multiple';
  choices: readonly { value: string; label: string }[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
}

/** Entries that are ticked: the columns of a table, the theme. */
export function MenuChoices({ label, isTitled, mode, choices, selected, onChange }: MenuChoicesProps) {
  return (
    <MenuSection
      aria-label={isTitled ? undefined : label}
      selectionMode={mode}
      selectedKeys={selected}
      onSelectionChange={(keys) => onChange(keys === 'all' ? choices.map((c) => c.value) : [...keys].map(String))}
    >
      {isTitled && <Header className="px-2 pt-2 pb-1 text-xs font-medium text-muted">{label}</Header>}
      {choices.map((choice) => (
        <AriaMenuItem key={choice.value} id={choice.value} textValue={choice.label} className={ITEM}>
          {({ isSelected }) => (
            <>
              <span className="w-4 text-center">{isSelected ? '✓' : ''}</span>
              {choice.label}
            </>
          )}
        </AriaMenuItem>
      ))}
    </MenuSection>
  );
}
