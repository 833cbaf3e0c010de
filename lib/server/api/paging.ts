/**
 * Pages of lists. A cursor is the key of the last item that was given, so a list that changes meanwhile neither
 * repeats nor leaves out what stayed.
 */
import { AppError } from '../../shared/errors';

export interface Paging {
  limit: number;
  cursor?: string | undefined;
}

/**
 * One page.
 *
 * @param keyOf differs between any two items, and sorts them as code points
 * @throws AppError `invalid_input` when the cursor is none
 */
export function pageThrough<T>(
  items: readonly T[],
  { limit, cursor }: Paging,
  keyOf: (item: T) => string,
  order: 'ascending' | 'descending' = 'ascending',
): { items: T[]; nextCursor: string | null } {
  const sign = order === 'ascending' ? 1 : -1;
  const compare = (a: string, b: string) => (a < b ? -sign : a > b ? sign : 0);
  const after = cursor === undefined ? null : decode(cursor);
  const rest = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === null || compare(key, after) > 0)
    .sort((a, b) => compare(a.key, b.key));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    nextCursor: last && rest.length > page.length ? Buffer.from(last.key).toString('base64url') : null,
  };
}

function decode(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url');
  if (cursor !== '' && key.toString('base64url') === cursor) return key.toString();
  throw new AppError('invalid_input', 'That is no cursor. Use the nextCursor of the page before. (cursor)', {
    fields: { cursor: 'That is no cursor. Use the nextCursor of the page before.' },
  });
}
