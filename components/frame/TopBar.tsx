'use client';
import { ChevronRight, Menu as MenuIcon } from 'lucide-react';
import NextLink from 'next/link';
import { usePathname } from 'next/navigation';
import { crumbsOf } from '@/lib/shared/paths';
import { TasksButton } from '../tasks/TasksButton';
import { PaletteButton } from '../palette/PaletteButton';
import { IconButton } from '../ui/Button';
import { cx } from '../ui/cx';
import { UploadTray } from '../uploads/UploadTray';
import { AccountMenu } from './AccountMenu';
import { ConnectionMark } from './ConnectionMark';
import type { Theme } from './theme';

interface TopBarProps {
  userName: string;
  initialTheme: Theme;
  onOpenRail: () => void;
}

/** The bar above every page: where one is, whether it is live, who one is. */
export function TopBar({ userName, initialTheme, onOpenRail }: TopBarProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b px-2 md:pl-5">
      <IconButton
        label="Open the navigation"
        icon={<MenuIcon aria-hidden className="size-4" />}
        onPress={onOpenRail}
        className="md:hidden"
      />
      <Crumbs />
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <PaletteButton />
        <UploadTray />
        <ConnectionMark />
        <TasksButton />
        <AccountMenu userName={userName} initialTheme={initialTheme} />
      </div>
    </header>
  );
}

function Crumbs() {
  const crumbs = crumbsOf(usePathname());
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex items-center gap-1">
        {crumbs.map((crumb, i) => {
          const isLast = i === crumbs.length - 1;
          // A phone has room for two: where one is, and what it belongs to.
          const isFar = i < crumbs.length - 2;
          return (
            <li key={crumb.href} className={cx('flex min-w-0 items-center gap-1', isFar && 'max-sm:hidden')}>
              {i > 0 && (
                <ChevronRight
                  aria-hidden
                  className={cx('size-3.5 shrink-0 text-faint', i === crumbs.length - 2 && 'max-sm:hidden')}
                />
              )}
              <NextLink
                href={crumb.href}
                aria-current={isLast ? 'page' : undefined}
                className={cx('truncate rounded-sm px-0.5', isLast ? 'font-medium' : 'text-muted hover:text-body')}
              >
                {crumb.label}
              </NextLink>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
