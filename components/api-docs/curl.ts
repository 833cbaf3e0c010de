/** A command line for an operation, with an example of what it takes. */
import { API_BASE } from '@/lib/shared/api/endpoint';
import type { JsonSchema, OpenApiDocument } from '@/lib/shared/api/openapi';
import type { NamedOperation } from './operations';

/** `curl …`, with names of the path in capitals for the reader to fill in. Pure. */
export function curlOf({ method, path, operation }: NamedOperation, document: OpenApiDocument): string {
  const address = `"$SKEP_URL${API_BASE}${path.replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())}"`;
  const schema = operation.requestBody?.content['application/json'].schema;
  const isStream = 'text/event-stream' in (operation.responses['200']?.content ?? {});
  return [
    `curl${isStream ? ' -N' : ''}${method === 'GET' ? '' : ` -X ${method}`}`,
    `-H "Authorization: Bearer $SKEP_TOKEN"`,
    ...(schema ? [`--json ${quoted(JSON.stringify(exampleOf(schema, document)))}`] : []),
    address,
  ].join(' \\\n  ');
}

/** The least that a schema takes. */
export function exampleOf(schema: JsonSchema, document: OpenApiDocument): unknown {
  const { $ref, type, items, anyOf, oneOf, properties, required, minimum } = schema as Record<string, never>;
  if ($ref) return exampleOf(document.components.schemas[String($ref).replace(/^.*\//, '')] ?? {}, document);
  if ('default' in schema) return schema['default'];
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0] as unknown;
  const [first] = ((anyOf ?? oneOf) as JsonSchema[] | undefined) ?? [];
  if (first) return exampleOf(first, document);
  if (properties) {
    const fields = properties as Record<string, JsonSchema>;
    const wanted = (required ?? []) as string[];
    return Object.fromEntries(wanted.map((name) => [name, exampleOf(fields[name] ?? {}, document)]));
  }
  if (items) return [];
  if (type === 'integer' || type === 'number') return Math.max(0, Number(minimum ?? 0));
  return type === 'boolean' ? false : '…';
}

/** For a POSIX shell: nothing in single quotes means anything but the quote itself. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
