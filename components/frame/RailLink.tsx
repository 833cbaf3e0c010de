'use client';
import NextLink from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Link as AriaLink } from 'react-aria-components';
import { cx } from '../ui/cx';
import { Tooltip } from '../ui/Tooltip';

interface RailLinkProps {
  href: string;
  label: string;
  icon: ReactNode;
  /** Shows the icon only, and the label as a tooltip. */
  isFolded: boolean;
  className?: string;
}

/** A link of the rail to one of the pages. */
export function RailLink({ href, label, icon, isFolded, className }: RailLinkProps) {
  const isCurrent = usePathname() === href;
  const link = (
    <AriaLink
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      {...(isFolded ? { 'aria-label': label } : {})}
      render={(props) => ('href' in props ? <NextLink {...props} href={href} prefetch /> : <span {...props} />)}
      className={cx(
        'flex h-8 items-center gap-2.5 rounded-md hover:bg-hover pointer-coarse:h-10',
        isFolded ? 'w-8 justify-center text-muted hover:text-body pointer-coarse:w-10' : 'px-2',
        isCurrent && 'bg-selected font-medium text-body!',
        className,
      )}
    >
      <span className={cx('shrink-0', !isFolded && 'text-muted')}>{icon}</span>
      {!isFolded && <span className="truncate">{label}</span>}
    </AriaLink>
  );
  return isFolded ? (
    <Tooltip text={label} placement="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}
