import { cx } from './cx';

/** A grey bar where text will come. It shows only after 200 ms. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden className={cx('block animate-late', className ?? 'h-4 w-40')}>
      <span className="block size-full animate-pulse rounded-sm bg-selected" />
    </span>
  );
}
