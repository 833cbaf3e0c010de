'use client';
import NextLink from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import { cx } from './cx';

const BAR = 'flex gap-4 overflow-x-auto border-b [scrollbar-width:none]';
const TAB =
  'text-muted hover:text-body -mb-px border-b-2 border-transparent py-2 whitespace-nowrap outline-offset-[-2px] transition-colors duration-100';

/** Views of one page; the address stays. */
export function Tabs({
  label,
  tabs,
  className,
}: {
  label: string;
  tabs: { id: string; label: string; content: ReactNode }[];
  className?: string;
}) {
  return (
    <AriaTabs className={cx('flex flex-col', className)}>
      <TabList aria-label={label} className={BAR}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={cx(TAB, 'cursor-default selected:border-body selected:text-body')}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="pt-4">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

/** Pages of one thing, each with its own address. */
export function LinkTabs({
  label,
  tabs,
  className,
}: {
  label: string;
  tabs: { href: string; label: string }[];
  className?: string;
}) {
  const path = usePathname();
  return (
    <nav aria-label={label} className={cx(BAR, className)}>
      {tabs.map((tab) => {
        const isCurrent = path === tab.href;
        return (
          <NextLink
            key={tab.href}
            href={tab.href}
            prefetch
            aria-current={isCurrent ? 'page' : undefined}
            className={cx(TAB, isCurrent && 'border-body! text-body!')}
          >
            {tab.label}
          </NextLink>
        );
      })}
    </nav>
  );
}
