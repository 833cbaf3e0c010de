import type { ReactNode } from 'react';
import { cx } from './cx';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What this is, in a sentence or two. */
  children?: ReactNode;
  /** One button, one link. */
  actions?: ReactNode;
  /** It is all of a page: its title is the page's heading. */
  isPage?: boolean;
  className?: string;
}

/** What stands where nothing is yet: what it will be, and how to begin. */
export function EmptyState({ icon, title, children, actions, isPage, className }: EmptyStateProps) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className={cx('mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-16 text-center', className)}>
      {icon && <div className="mb-1 text-faint">{icon}</div>}
      <Heading className="text-lg font-semibold">{title}</Heading>
      {children && <div className="text-pretty text-muted">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap items-center justify-center gap-3">{actions}</div>}
    </div>
  );
}
