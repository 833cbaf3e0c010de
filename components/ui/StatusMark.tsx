import { cx } from './cx';

/** Shapes of a status. Colour, shape and word always come together; the word is the caller's. */
export type MarkKind = 'running' | 'paused' | 'stopped' | 'working' | 'attention' | 'unreachable';

const COLOURS: Record<MarkKind, string> = {
  running: 'text-running',
  paused: 'text-paused',
  stopped: 'text-stopped',
  working: 'text-working',
  attention: 'text-attention',
  unreachable: 'text-danger',
};

function Shape({ kind }: { kind: MarkKind }) {
  const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 };
  switch (kind) {
    case 'running':
      return <circle cx="6" cy="6" r="4.5" fill="currentColor" />;
    case 'paused':
      return <path d="M3 2h2v8H3zM7 2h2v8H7z" fill="currentColor" />;
    case 'stopped':
      return <circle cx="6" cy="6" r="4" {...line} />;
    case 'working':
      return <path d="M6 2a4 4 0 1 1-4 4" {...line} strokeLinecap="round" />;
    case 'attention':
      return (
        <path d="M6 1 11.5 11H.5z M5.4 4.4v3.2h1.2V4.4z M5.4 8.4v1.2h1.2V8.4z" fill="currentColor" fillRule="evenodd" />
      );
    case 'unreachable':
      return <path d="M6 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8M3.2 3.2l5.6 5.6" {...line} />;
  }
}

/** The mark alone, for places where the word stands beside it or in `label`. */
export function StatusMark({ kind, label, className }: { kind: MarkKind; label?: string; className?: string }) {
  return (
    <svg
      viewBox="0 0 12 12"
      className={cx('size-3 shrink-0', COLOURS[kind], kind === 'working' && 'animate-turn', className)}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <Shape kind={kind} />
    </svg>
  );
}

/** Mark and word. */
export function Status({ kind, word, className }: { kind: MarkKind; word: string; className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <StatusMark kind={kind} />
      {word}
    </span>
  );
}
