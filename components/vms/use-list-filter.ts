'use client';
/**
 * The list's filter, kept in the address so that it can be sent to somebody and survives a reload.
 *
 *   typing ──▶ filter ──replaceState──▶ address ──useSearchParams──▶ seen      ours: nothing to do
 *   a link, Back ─────────────────────▶ address ──useSearchParams──▶ filter    somebody else's: adopted
 */
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { formatFilter, parseFilter, type ListFilter } from '@/lib/shared/vm-filter';

interface FilterState {
  filter: ListFilter;
  /** The search part that was looked at last. */
  seen: string;
  /** What was written into the address since, oldest first: the address follows a little later. */
  written: readonly string[];
}

const normal = (search: string) => new URLSearchParams(search).toString();

/**
 * The filter and how to change it.
 *
 * @param defaultQuery the filter for an address without any; null for none
 */
export function useListFilter(defaultQuery: string | null): [ListFilter, (filter: ListFilter) => void] {
  const search = useSearchParams().toString();
  const read = (text: string) => parseFilter(new URLSearchParams(text === '' ? (defaultQuery ?? '') : text));
  const [state, setState] = useState<FilterState>(() => ({ filter: read(search), seen: search, written: [] }));
  if (search !== state.seen) {
    const place = state.written.indexOf(search);
    if (place >= 0) setState({ ...state, seen: search, written: state.written.slice(place + 1) });
    else setState({ filter: read(search), seen: search, written: [] });
  }
  useEffect(() => {
    if (search === '' && defaultQuery) writeAddress(defaultQuery);
  }, [search, defaultQuery]);
  const change = useCallback(
    (filter: ListFilter) => {
      // An empty `q` tells "no filter" from "none given", which is the default.
      const query = formatFilter(filter) || (defaultQuery ? 'q=' : '');
      setState((before) => ({ ...before, filter, written: [...before.written, normal(query)] }));
      writeAddress(query);
    },
    [defaultQuery],
  );
  return [state.filter, change];
}

/** Not by the router: typing must not ask the server for anything. */
function writeAddress(query: string): void {
  window.history.replaceState(null, '', `${window.location.pathname}${query ? `?${query}` : ''}`);
}
