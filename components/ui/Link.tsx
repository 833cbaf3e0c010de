'use client';
import NextLink from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { buttonClass, type ButtonKind, type ButtonSize } from './Button';
import { cx } from './cx';

type LinkProps = Omit<ComponentProps<typeof NextLink>, 'className'> & { className?: string };

const TEXT_LINK = 'text-body decoration-line-strong hover:decoration-body rounded-sm underline underline-offset-3';

/** A link to a page of Skep, inside text. */
export function Link({ className, ...rest }: LinkProps) {
  return <NextLink {...rest} className={cx(TEXT_LINK, className)} />;
}

/** A link to a page of Skep that looks like a button. */
export function ButtonLink({
  kind,
  size,
  icon,
  children,
  className,
  ...rest
}: LinkProps & { kind?: ButtonKind; size?: ButtonSize; icon?: ReactNode }) {
  return (
    <NextLink {...rest} className={buttonClass(kind, size, className)}>
      {icon}
      {children}
    </NextLink>
  );
}

/** A link that leaves Skep, in a new tab. */
export function ExternalLink({ href, children, className }: { href: string; children: ReactNode; className?: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className={cx(TEXT_LINK, className)}>
      {children}
    </a>
  );
}
