'use client';
import { useState } from 'react';
import { Code, CodeBlock } from '@/components/ui/Copy';
import { cx } from '@/components/ui/cx';
import type { OpenApiDocument, OpenApiParameter } from '@/lib/shared/api/openapi';
import { curlOf } from './curl';
import type { NamedOperation } from './operations';
import { SchemaView, TypeName } from './SchemaView';

const METHOD_LOOK: Record<string, string> = { GET: 'text-running', DELETE: 'text-danger' };

/** One operation: a line, and behind it what it takes and answers. */
export function Operation({ item, document }: { item: NamedOperation; document: OpenApiDocument }) {
  const [isOpen, setOpen] = useState(false);
  const { method, path, operation } = item;
  return (
    <details className="group border-b" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex cursor-default flex-wrap items-baseline gap-x-3 rounded-sm py-2 hover:bg-hover">
        <span className={cx('w-14 font-mono text-sm font-medium', METHOD_LOOK[method])}>{method}</span>
        <Code className="break-all">{path}</Code>
        <span className="text-sm text-muted">{operation.summary}</span>
      </summary>
      {isOpen && <Details item={item} document={document} />}
    </details>
  );
}

function Details({ item, document }: { item: NamedOperation; document: OpenApiDocument }) {
  const { operation } = item;
  const body = operation.requestBody?.content['application/json'].schema;
  return (
    <div className="flex flex-col gap-4 pt-1 pb-4 sm:pl-17">
      {operation.description && <p className="text-pretty">{operation.description}</p>}
      {operation.parameters.length > 0 && (
        <Part title="Parameters">
          <ul className="flex flex-col gap-1.5">
            {operation.parameters.map((parameter) => (
              <Parameter key={`${parameter.in} ${parameter.name}`} parameter={parameter} />
            ))}
          </ul>
        </Part>
      )}
      {body && (
        <Part title="Body">
          <SchemaView schema={body} />
        </Part>
      )}
      <Part title="Answers">
        <Answers item={item} />
      </Part>
      <Part title="With curl">
        <CodeBlock label="curl command" text={curlOf(item, document)} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1.5">
      <h3 className="text-sm font-medium">{title}</h3>
      {children}
    </section>
  );
}

function Parameter({ parameter: { name, in: place, required, description, schema } }: { parameter: OpenApiParameter }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 text-sm">
      <Code>{name}</Code>
      <span className="text-muted">
        <TypeName schema={schema} />, {place}
        {required ? ', required' : ''}
      </span>
      {description && <span className="text-muted">{description}</span>}
    </li>
  );
}

function Answers({ item: { operation } }: { item: NamedOperation }) {
  // JSON keys that are numbers come in order: the good answer, then what can go wrong.
  return (
    <ul className="flex flex-col gap-1.5">
      {Object.entries(operation.responses).map(([status, { description, content = {} }]) => {
        const [[type, media] = []] = Object.entries(content);
        const isGood = Number(status) < 300;
        return (
          <li key={status} className="text-sm">
            <span className="flex flex-wrap items-baseline gap-x-2">
              <Code>{status}</Code>
              <span className="text-muted">{description}</span>
              {isGood && type && type !== 'application/json' && <Code className="text-muted">{type}</Code>}
            </span>
            {isGood && media && type === 'application/json' && <SchemaView schema={media.schema} />}
          </li>
        );
      })}
    </ul>
  );
}
