import type { ReactNode } from 'react';
import { cx } from './cx';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What this is, in a sentence or two. */
  children?: ReactNode;
  /** One button, one link. */
  actions?: ReactNode;
  className?: string;
}

/** What stands where nothing is yet: what it will be, and how to begin. */
export function EmptyState({ icon, title, children, actions, className }: EmptyStateProps) {
  return (
    <div className={cx('mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-16 text-center', className)}>
      {icon && <div className="mb-1 text-faint">{icon}</div>}
      <h2 className="text-lg font-semibold">{title}</h2>
      {children && <div className="text-pretty text-muted">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap items-center justify-center gap-3">{actions}</div>}
    </div>
  );
}
