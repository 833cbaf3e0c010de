import type { OpenApiDocument, OpenApiOperation } from '@/lib/shared/api/openapi';

export interface NamedOperation {
  /** In capitals. */
  method: string;
  path: string;
  operation: OpenApiOperation;
}

/** The operations of a document whose path, name or summary has all words of a text. */
export function operationsOf(document: OpenApiDocument, text: string): NamedOperation[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    )
    .filter(({ method, path, operation }) => {
      const said = `${method} ${path} ${operation.operationId} ${operation.summary}`.toLowerCase();
      return words.every((word) => said.includes(word));
    });
}
