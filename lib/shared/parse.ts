import type { z } from 'zod';
import { AppError } from './errors';

/**
 * Parses untrusted data with a schema.
 *
 * @throws AppError `invalid_input` with one sentence per field (`fields`, keyed by dotted path).
 */
export function parse<S extends z.ZodType>(schema: S, data: unknown): z.output<S> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[issue.path.join('.')] ??= issue.message;
  const [path, sentence] = Object.entries(fields)[0] ?? ['', 'The input is not valid.'];
  throw new AppError('invalid_input', path ? `${sentence} (${path})` : sentence, { fields });
}
