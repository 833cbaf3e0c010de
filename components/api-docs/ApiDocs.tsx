'use client';
import { useMemo, useState } from 'react';
import { Link } from '@/components/ui/Link';
import { FilterField } from '@/components/ui/TextField';
import { API_BASE } from '@/lib/shared/api/endpoint';
import type { OpenApiDocument } from '@/lib/shared/api/openapi';
import { PATHS } from '@/lib/shared/paths';
import { Operation } from './Operation';
import { SchemaView } from './SchemaView';
import { operationsOf, type NamedOperation } from './operations';

/** The REST interface, to read: every operation by its part, then the schemas. */
export function ApiDocs({ document }: { document: OpenApiDocument }) {
  const [text, setText] = useState('');
  const operations = useMemo(() => operationsOf(document, text), [document, text]);
  const groups = document.tags
    .map(({ name }) => ({ name, operations: operations.filter(({ operation }) => operation.tags.includes(name)) }))
    .filter((group) => group.operations.length > 0);
  return (
    <div className="relative flex max-w-4xl flex-col gap-8 px-4 py-6 md:px-6">
      <header className="flex flex-col gap-3">
        <h1 className="text-xl font-semibold">API</h1>
        <p className="text-pretty text-muted">{document.info.description}</p>
        <p className="text-sm text-pretty text-muted">
          Make a token in the <Link href={PATHS.settings}>settings</Link>. The same as a file:{' '}
          <a href={`${API_BASE}/openapi.json`} className="underline underline-offset-3">
            openapi.json
          </a>
          .
        </p>
        <FilterField label="Filter operations" value={text} onChange={setText} className="max-w-sm" />
      </header>
      {groups.map((group) => (
        <Group key={group.name} {...group} document={document} />
      ))}
      {groups.length === 0 && <p className="text-muted">No operation is called like that.</p>}
      <section aria-label="Schemas" className="flex flex-col gap-2">
        <h2 className="text-lg font-semibold">Schemas</h2>
        {Object.entries(document.components.schemas).map(([name, schema]) => (
          <details key={name} id={`schema-${name}`} className="scroll-mt-4 border-b pb-2">
            <summary className="cursor-default rounded-sm py-1 font-mono text-sm">{name}</summary>
            <SchemaView schema={schema} />
          </details>
        ))}
      </section>
    </div>
  );
}

function Group({
  name,
  operations,
  document,
}: {
  name: string;
  operations: NamedOperation[];
  document: OpenApiDocument;
}) {
  return (
    <section aria-label={name} className="flex flex-col">
      <h2 className="mb-2 text-lg font-semibold">{name}</h2>
      {operations.map((item) => (
        <Operation key={item.operation.operationId} item={item} document={document} />
      ))}
    </section>
  );
}
