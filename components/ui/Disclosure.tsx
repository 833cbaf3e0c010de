'use client';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Disclosure as AriaDisclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { cx } from './cx';

interface DisclosureProps {
  title: string;
  /** The present value, shown while it is folded. */
  value?: ReactNode;
  children: ReactNode;
  isOpen?: boolean;
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
}

/** A part that folds, and shows its present value when folded. */
export function Disclosure({ title, value, children, isOpen, defaultOpen, onOpenChange, className }: DisclosureProps) {
  return (
    <AriaDisclosure
      isExpanded={isOpen}
      defaultExpanded={defaultOpen}
      onExpandedChange={onOpenChange}
      className={cx('group/fold', className)}
    >
      <Heading className="flex">
        <AriaButton
          slot="trigger"
          className="-mx-2 flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-md px-2 py-1 text-left hover:bg-hover pointer-coarse:min-h-10"
        >
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-muted transition-transform duration-100 group-expanded/fold:rotate-90"
          />
          <span className="shrink-0 font-medium">{title}</span>
          {value !== undefined && (
            <span className="min-w-0 truncate text-muted group-expanded/fold:hidden">{value}</span>
          )}
        </AriaButton>
      </Heading>
      <DisclosurePanel className="pl-6">
        <div className="pt-2 pb-1">{children}</div>
      </DisclosurePanel>
    </AriaDisclosure>
  );
}
