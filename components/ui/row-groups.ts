/**
 * Rows of a list in groups. A thing can stand in several groups, so a row's key has the group's id before its own:
 *
 *   heading  `web`           row  `web/0a1b…`      (a group's id has no slash)
 */
import type { Selection } from 'react-aria-components';

export interface RowGroup<T> {
  /** Without a slash. */
  id: string;
  label: string;
  items: readonly T[];
}

export type GroupedRow<T> =
  { kind: 'heading'; id: string; label: string; count: number } | { kind: 'item'; id: string; item: T };

/**
 * Makes the rows of a list: with groups, each after its heading.
 *
 * The row of a thing that did not change is the same object again: tables draw only new objects anew.
 */
export class RowMaker<T extends { id: string }> {
  private readonly known = new WeakMap<T, Map<string, GroupedRow<T>>>();

  rowsOf(items: readonly T[], groups: readonly RowGroup<T>[] | null): GroupedRow<T>[] {
    if (!groups) return items.map((item) => this.row(item.id, item));
    return groups.flatMap(({ id, label, items: inside }): GroupedRow<T>[] => [
      { kind: 'heading', id, label, count: inside.length },
      ...inside.map((item) => this.row(`${id}/${item.id}`, item)),
    ]);
  }

  private row(id: string, item: T): GroupedRow<T> {
    const rows = this.known.get(item) ?? new Map<string, GroupedRow<T>>();
    const row = rows.get(id) ?? { kind: 'item', id, item };
    this.known.set(item, rows.set(id, row));
    return row;
  }
}

/** The id of the thing that a row stands for. */
export function itemIdOf(rowKey: string): string {
  return rowKey.slice(rowKey.indexOf('/') + 1);
}

/** All rows of the selected things. */
export function selectedRows<T extends { id: string }>(
  rows: readonly GroupedRow<T>[],
  selected: ReadonlySet<string>,
): Set<string> {
  return new Set(rows.flatMap((row) => (row.kind === 'item' && selected.has(row.item.id) ? [row.id] : [])));
}

/** The selected things after rows were selected or not: what happens to one row of a thing happens to all. */
export function selectedItems(before: ReadonlySet<string>, after: Selection): Selection {
  if (after === 'all') return 'all';
  const keys = new Set([...after].map(String));
  const gone = new Set([...before].filter((key) => !keys.has(key)).map(itemIdOf));
  const come = [...keys].filter((key) => !before.has(key)).map(itemIdOf);
  const kept = [...keys].map(itemIdOf).filter((id) => !gone.has(id));
  return new Set([...kept, ...come]);
}
