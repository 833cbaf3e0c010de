/** The rows of the trash: what they say and how they are ordered. Pure. */
import type { TrashKind, TrashView } from '@/lib/shared/trash';
import { formatBytes } from '@/lib/shared/units';

const KIND_LABELS: Record<TrashKind, string> = { vm: 'Virtual machine', disk: 'Disk', library: 'Library file' };

/** What it is, and of what: “Disk of web-1”. */
export function kindText({ kind, from }: Pick<TrashView, 'kind' | 'from'>): string {
  if (!from) return KIND_LABELS[kind];
  return kind === 'disk' ? `Disk of ${from}` : `Library file in ${from}`;
}

/** “3 things, 2.5 GiB” */
export function amountText(items: readonly TrashView[]): string {
  const bytes = items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return `${items.length === 1 ? '1 thing' : `${items.length} things`}, ${formatBytes(bytes)}`;
}

const byText = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const SORTS: Record<string, (a: TrashView, b: TrashView) => number> = {
  name: (a, b) => byText.compare(a.name, b.name),
  kind: (a, b) => byText.compare(kindText(a), kindText(b)),
  size: (a, b) => a.sizeBytes - b.sizeBytes,
  deleted: (a, b) => Date.parse(a.deletedAt) - Date.parse(b.deletedAt),
  expires: (a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt),
  who: (a, b) => byText.compare(a.deletedBy ?? '', b.deletedBy ?? ''),
};

/** The items in the order of a column; an unknown one counts as the time of the delete. */
export function sortTrash(
  items: readonly TrashView[],
  { column, direction }: { column: string; direction: 'ascending' | 'descending' },
): TrashView[] {
  const compare = SORTS[column] ?? SORTS['deleted'];
  const sign = direction === 'ascending' ? 1 : -1;
  return [...items].sort((a, b) => sign * (compare?.(a, b) ?? 0));
}
