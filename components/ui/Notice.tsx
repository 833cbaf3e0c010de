'use client';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { CodeBlock } from './Copy';
import { cx } from './cx';
import { Disclosure } from './Disclosure';

export type NoticeKind = 'info' | 'success' | 'attention' | 'danger';

const LOOKS: Record<NoticeKind, { box: string; icon: ReactNode }> = {
  info: { box: 'bg-info-soft', icon: <Info aria-hidden className="size-4 text-working" /> },
  success: { box: 'bg-success-soft', icon: <CircleCheck aria-hidden className="size-4 text-running" /> },
  attention: { box: 'bg-attention-soft', icon: <TriangleAlert aria-hidden className="size-4 text-attention" /> },
  danger: { box: 'bg-danger-soft', icon: <CircleAlert aria-hidden className="size-4 text-danger" /> },
};

interface BannerProps {
  kind: NoticeKind;
  /** First line: what, and why. */
  title: ReactNode;
  /** Second line: what to do. */
  children?: ReactNode;
  /** Buttons at the end. */
  actions?: ReactNode;
  className?: string;
}

/** A message that belongs to the page. */
export function Banner({ kind, title, children, actions, className }: BannerProps) {
  const look = LOOKS[kind];
  return (
    <div
      role={kind === 'danger' ? 'alert' : 'status'}
      className={cx('flex items-start gap-2.5 rounded-lg px-3 py-2.5', look.box, className)}
    >
      <span className="mt-0.5 shrink-0">{look.icon}</span>
      <div className="min-w-0 flex-1 text-pretty break-words">
        <div className="font-medium">{title}</div>
        {children && <div className="mt-0.5 text-muted">{children}</div>}
      </div>
      {actions && <div className="flex shrink-0 flex-wrap gap-2">{actions}</div>}
    </div>
  );
}

/** The two lines of an error's sentence: what failed and why, then what to do. */
function splitSentence(message: string): [string, string] {
  const end = message.indexOf('. ');
  return end < 0 ? [message, ''] : [message.slice(0, end + 1), message.slice(end + 2)];
}

interface ErrorNoticeProps {
  /** An error as the edges give it (`ErrorBody`). */
  error: { message: string; details?: string };
  actions?: ReactNode;
  className?: string;
}

/** An error: what and why, what to do, and somebody else's own words folded behind Details. */
export function ErrorNotice({ error, actions, className }: ErrorNoticeProps) {
  const [what, todo] = splitSentence(error.message);
  return (
    <Banner kind="danger" title={what} actions={actions} className={className}>
      {(todo || error.details) && (
        <>
          {todo && <p>{todo}</p>}
          {error.details && (
            <Disclosure title="Details" className="mt-1">
              <CodeBlock text={error.details} label="Details" />
            </Disclosure>
          )}
        </>
      )}
    </Banner>
  );
}
