'use client';
import { useCallback, useMemo } from 'react';
import type { SortDescriptor } from 'react-aria-components';
import { useStored } from './use-stored';

/** What a person changed about a table's columns. */
export interface TableLayoutChoice {
  /** Ids of hidden columns. */
  hidden: string[];
  /** Widths in px of columns that were resized. */
  widths: Record<string, number>;
  sort: { column: string; direction: 'ascending' | 'descending' };
}

export interface TableLayoutState extends TableLayoutChoice {
  /** False until the browser's memory was read. */
  isKnown: boolean;
  setHidden: (hidden: string[]) => void;
  setWidths: (widths: Record<string, number>) => void;
  setSort: (sort: SortDescriptor) => void;
}

/** Takes of a stored choice what still fits the table. */
export function checkLayout(
  stored: unknown,
  fallback: TableLayoutChoice,
  columns: readonly string[],
): TableLayoutChoice {
  if (typeof stored !== 'object' || stored === null) return fallback;
  const { hidden, widths, sort } = stored as Partial<Record<keyof TableLayoutChoice, unknown>>;
  const known = (id: unknown): id is string => typeof id === 'string' && columns.includes(id);
  const pairs = typeof widths === 'object' && widths !== null ? Object.entries(widths) : [];
  const isSort = (s: unknown): s is TableLayoutChoice['sort'] =>
    typeof s === 'object' &&
    s !== null &&
    'column' in s &&
    known(s.column) &&
    'direction' in s &&
    (s.direction === 'ascending' || s.direction === 'descending');
  return {
    hidden: Array.isArray(hidden) ? hidden.filter(known) : fallback.hidden,
    widths: Object.fromEntries(
      pairs.filter(([id, px]) => known(id) && typeof px === 'number' && px >= 40 && px < 4000),
    ),
    sort: isSort(sort) ? { column: sort.column, direction: sort.direction } : fallback.sort,
  };
}

/**
 * The remembered columns of one table.
 *
 * @param key names the table in the browser's memory
 * @param fallback and `columns` must be constants
 */
export function useTableLayout(key: string, fallback: TableLayoutChoice, columns: readonly string[]): TableLayoutState {
  const check = useCallback((stored: unknown) => checkLayout(stored, fallback, columns), [fallback, columns]);
  const [choice, store, isKnown] = useStored(`skep-table-${key}`, check);
  return useMemo(
    () => ({
      ...choice,
      isKnown,
      setHidden: (hidden) => store({ ...choice, hidden }),
      setWidths: (widths) => store({ ...choice, widths }),
      setSort: (sort) => store({ ...choice, sort: { column: String(sort.column), direction: sort.direction } }),
    }),
    [choice, store, isKnown],
  );
}
