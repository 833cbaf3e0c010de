'use client';
import { Check, Copy as CopyIcon } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { IconButton } from './Button';
import { cx } from './cx';

/** Puts text on the clipboard. Outside https and localhost browsers offer only the old way. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

/** A small button that copies a text and says so. */
export function CopyButton({ text, label = 'Copy', className }: { text: string; label?: string; className?: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 1600);
    return () => clearTimeout(timer);
  }, [state]);
  const said = { idle: label, copied: 'Copied', failed: 'The browser refused to copy' }[state];
  return (
    <>
      <IconButton
        size="sm"
        label={said}
        icon={
          state === 'copied' ? (
            <Check aria-hidden className="size-3.5" />
          ) : (
            <CopyIcon aria-hidden className="size-3.5" />
          )
        }
        onPress={() => void copyText(text).then((done) => setState(done ? 'copied' : 'failed'))}
        className={cx('text-muted', className)}
      />
      <span role="status" className="sr-only">
        {state === 'idle' ? '' : said}
      </span>
    </>
  );
}

/** An id, a path, a word of a command, inside text. */
export function Code({ children, className }: { children: ReactNode; className?: string }) {
  return <code className={cx('font-mono text-[0.92em] break-words', className)}>{children}</code>;
}

/** A short value in the monospaced face with a copy button behind it. */
export function CopyableCode({ text, className }: { text: string; className?: string }) {
  return (
    <span className={cx('inline-flex max-w-full items-center gap-1', className)}>
      <Code className="min-w-0 break-all">{text}</Code>
      <CopyButton text={text} className="-my-1.5" />
    </span>
  );
}

interface CodeBlockProps {
  text: string;
  label: string;
  /** Scrolled to its end (a log). */
  isAtEnd?: boolean;
  className?: string;
}

/** Lines of a command, a log or somebody else's error, with a copy button. */
export function CodeBlock({ text, label, isAtEnd, className }: CodeBlockProps) {
  const box = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (isAtEnd && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [isAtEnd, text]);
  return (
    <div className={cx('relative rounded-md bg-sunken', className)}>
      <pre
        ref={box}
        tabIndex={0}
        aria-label={label}
        role="region"
        className="max-h-96 overflow-auto rounded-md p-3 pr-10 font-mono text-xs leading-5 break-words whitespace-pre-wrap"
      >
        {text}
      </pre>
      <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} className="absolute top-1 right-1" />
    </div>
  );
}
