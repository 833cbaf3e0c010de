'use client';
import type { ComponentProps, JSX } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { ExternalLink } from '../ui/Link';

/** Headings of notes start below the headings of the page. */
function heading(Tag: 'h3' | 'h4' | 'h5', className: string) {
  return function NoteHeading({ children }: { children?: React.ReactNode }): JSX.Element {
    return <Tag className={className}>{children}</Tag>;
  };
}

const h3 = heading('h3', 'mt-2 text-lg font-semibold first:mt-0');
const h4 = heading('h4', 'mt-2 font-semibold first:mt-0');
const h5 = heading('h5', 'mt-1 font-medium first:mt-0');

const COMPONENTS: Components = {
  h1: h3,
  h2: h4,
  h3: h5,
  h4: h5,
  h5,
  h6: h5,
  a: ({ href, children }) => (href ? <ExternalLink href={href}>{children}</ExternalLink> : <span>{children}</span>),
  p: ({ children }) => <p className="text-pretty">{children}</p>,
  ul: ({ children }) => <ul className="flex list-disc flex-col gap-1 pl-5">{children}</ul>,
  ol: ({ children, start }) => (
    <ol start={start} className="flex list-decimal flex-col gap-1 pl-5">
      {children}
    </ol>
  ),
  li: ({ children }) => <li className="has-[>input]:-ml-5 has-[>input]:list-none">{children}</li>,
  input: (props: ComponentProps<'input'>) => (
    <input
      type="checkbox"
      checked={props.checked ?? false}
      readOnly
      disabled
      aria-label={props.checked ? 'done' : 'to do'}
      className="mr-2 align-middle"
    />
  ),
  blockquote: ({ children }) => <blockquote className="border-l-2 pl-3 text-muted">{children}</blockquote>,
  code: ({ children }) => <code className="rounded-sm bg-sunken px-1 font-mono text-[0.92em]">{children}</code>,
  pre: ({ children }) => (
    <pre tabIndex={0} className="overflow-x-auto rounded-md bg-sunken p-3 text-xs leading-5 [&_code]:p-0">
      {children}
    </pre>
  ),
  table: ({ children }) => (
    <div className="overflow-x-auto">
      <table className="[&_td]:border-b [&_td]:py-1.5 [&_td]:pr-4 [&_th]:border-b [&_th]:py-1.5 [&_th]:pr-4 [&_th]:text-left [&_th]:font-medium">
        {children}
      </table>
    </div>
  ),
  hr: () => <hr className="my-1" />,
};

/**
 * A person's Markdown. Raw HTML stays text, unsafe link schemes are dropped by the library, and pictures are
 * left out: they would tell another server who reads these notes.
 */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="flex flex-col gap-2 break-words">
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={COMPONENTS} disallowedElements={['img']}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
