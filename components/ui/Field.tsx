'use client';
import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';
import { cx } from './cx';

/** What every field of a form takes. The error stands in place of the help. */
export interface FieldTexts {
  label: string;
  /** One line below. */
  help?: ReactNode;
  /** What is wrong with the value, as a sentence. */
  error?: string | null;
  /** A remark beside the label, such as "Needs a restart". */
  note?: string | null;
}

/** Label above a field, with its remark. */
export function FieldLabel({ label, note, required }: { label: string; note?: string | null; required?: boolean }) {
  return (
    <div className="flex items-baseline gap-2">
      <Label className="font-medium">{label}</Label>
      {required && <span className="text-sm text-faint">required</span>}
      {note && <span className="text-sm text-attention">{note}</span>}
    </div>
  );
}

/** The line below a field: its error, or else its help. */
export function FieldHelp({ help, error }: { help?: ReactNode; error?: string | null }) {
  if (error) return <FieldError className="text-sm text-pretty text-danger">{error}</FieldError>;
  if (help)
    return (
      <Text slot="description" className="text-sm text-pretty text-muted">
        {help}
      </Text>
    );
  return null;
}

/** The box of a text-like control. */
export const CONTROL =
  'h-8 w-full min-w-0 rounded-md border border-line-strong/70 bg-canvas px-2.5 text-body pointer-coarse:h-10 hover:border-line-strong invalid:border-danger disabled:bg-sunken disabled:text-disabled';

export const FIELD = 'flex flex-col gap-1';

/** Fields that belong together, under a heading. */
export function FieldGroup({
  title,
  about,
  children,
  className,
}: {
  title: string;
  about?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <fieldset className={cx('flex min-w-0 flex-col gap-4', className)}>
      <legend className="mb-1 text-lg font-semibold">{title}</legend>
      {about && <p className="-mt-2 text-pretty text-muted">{about}</p>}
      {children}
    </fieldset>
  );
}
