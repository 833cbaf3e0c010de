import { Children, type ReactNode } from 'react';
import { cx } from './cx';

/** One column of facts: term left, value right; on a phone the value stands below. */
export function Facts({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <dl className={cx('grid grid-cols-1 gap-y-2 sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-x-6', className)}>
      {children}
    </dl>
  );
}

/** One fact. Nothing is shown for an empty one. */
export function Fact({ term, children }: { term: string; children: ReactNode }) {
  if (Children.count(children) === 0 || children === null || children === '') return null;
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd className="-mt-1.5 min-w-0 break-words sm:mt-0">{children}</dd>
    </>
  );
}

/** A part of a page under a heading. */
export function Section({
  title,
  actions,
  children,
  className,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={cx('flex flex-col gap-3', className)}>
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-2">
        <h2 className="text-lg font-semibold">{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** The name of a key. */
export function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="min-w-5 rounded-sm border bg-surface px-1 text-center font-sans text-xs leading-5 text-muted">
      {children}
    </kbd>
  );
}
