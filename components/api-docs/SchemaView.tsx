'use client';
import { Code } from '@/components/ui/Copy';
import type { JsonSchema } from '@/lib/shared/api/openapi';

/** Deeper than this a schema is not drawn; named schemas are links, so none of Skep's is that deep. */
const MAX_DEPTH = 8;

/** A JSON schema as a list of its fields, with links to those that have a name. */
export function SchemaView({ schema, depth = 0 }: { schema: JsonSchema; depth?: number }) {
  const target = fieldsOf(schema);
  if (!target || depth > MAX_DEPTH) {
    return (
      <p className="text-sm text-muted">
        <TypeName schema={schema} />
      </p>
    );
  }
  const required = new Set(target.required);
  return (
    <ul className="flex flex-col gap-1 border-l pl-3">
      {Object.entries(target.properties).map(([name, field]) => (
        <li key={name} className="text-sm">
          <span className="flex flex-wrap items-baseline gap-x-2">
            <Code>{name}</Code>
            <span className="text-muted">
              <TypeName schema={field} />
              {required.has(name) ? '' : ', optional'}
            </span>
            {typeof field['description'] === 'string' && <span className="text-muted">{field['description']}</span>}
          </span>
          {fieldsOf(field) && <SchemaView schema={field} depth={depth + 1} />}
        </li>
      ))}
    </ul>
  );
}

interface Fields {
  properties: Record<string, JsonSchema>;
  required: string[];
}

/** The fields of an object, or of the objects of a list; null for what has none, or is drawn elsewhere. */
function fieldsOf(schema: JsonSchema): Fields | null {
  const { properties, required, items, anyOf } = schema as Partial<Fields> & {
    items?: JsonSchema;
    anyOf?: JsonSchema[];
  };
  if (properties) return { properties, required: required ?? [] };
  if (items) return fieldsOf(items);
  const some = anyOf?.filter((one) => one['type'] !== 'null') ?? [];
  return some.length === 1 && some[0] ? fieldsOf(some[0]) : null;
}

/** The type of a schema in words: `string`, `list of Vm`, `"iso" or "raw"`. */
export function TypeName({ schema }: { schema: JsonSchema }) {
  const { $ref, type, items, anyOf, oneOf, enum: values, const: value, format } = schema as Record<string, never>;
  if ($ref) return <SchemaLink name={String($ref).replace(/^.*\//, '')} />;
  if (value !== undefined) return <Code>{JSON.stringify(value)}</Code>;
  if (values) return <Code>{(values as unknown[]).map((one) => JSON.stringify(one)).join(' | ')}</Code>;
  const some = (anyOf ?? oneOf) as JsonSchema[] | undefined;
  if (some) {
    return some.map((one, i) => (
      <span key={i}>
        {i > 0 && ' or '}
        <TypeName schema={one} />
      </span>
    ));
  }
  if (items) {
    return (
      <>
        list of <TypeName schema={items} />
      </>
    );
  }
  return `${String(type ?? 'anything')}${format ? ` (${String(format)})` : ''}`;
}

function SchemaLink({ name }: { name: string }) {
  const id = `schema-${name}`;
  const open = () => {
    const target = document.getElementById(id);
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  return (
    <a href={`#${id}`} onClick={open} className="rounded-sm underline underline-offset-3">
      {name}
    </a>
  );
}
