'use client';

import { createContext, useContext, useState, type ReactNode } from 'react';

const KeptContext = createContext<Map<string, unknown> | null>(null);

/** Holds things that outlive the page that made them, until the tab is closed or signed out. */
export function KeptProvider({ children }: { children: ReactNode }) {
  const [kept] = useState(() => new Map<string, unknown>());
  return <KeptContext value={kept}>{children}</KeptContext>;
}

/**
 * One thing per key that stays while one goes to other pages, such as a terminal with what it has shown.
 *
 * @param create makes it the first time; the same key must always mean the same kind of thing
 */
export function useKept<T>(key: string, create: () => T): T {
  const kept = useContext(KeptContext);
  if (!kept) throw new Error('This component needs a KeptProvider above it.');
  if (!kept.has(key)) kept.set(key, create());
  return kept.get(key) as T;
}
