/** The keys that work on every page. Pure: what a key press means, given the key before it. */
import { PATHS } from '@/lib/shared/paths';

/** Dispatched on `window` to open the list of shortcuts. */
export const SHOW_SHORTCUTS = 'skep:show-shortcuts';

export const SHORTCUTS: { keys: string[]; about: string }[] = [
  { keys: ['?'], about: 'Show these shortcuts' },
  { keys: ['/'], about: 'Go to the filter' },
  { keys: ['n'], about: 'New virtual machine' },
  { keys: ['g', 'v'], about: 'Go to the virtual machines' },
  { keys: ['g', 'h'], about: 'Go to the host' },
  { keys: ['g', 's'], about: 'Go to the settings' },
];

/** Keys inside tables, which the tables themselves handle. */
export const TABLE_KEYS: { keys: string[]; about: string }[] = [
  { keys: ['↑', '↓'], about: 'Move between rows' },
  { keys: ['Space'], about: 'Select a row' },
  { keys: ['Shift', '↓'], about: 'Select several rows' },
  { keys: ['Ctrl', 'A'], about: 'Select all rows' },
  { keys: ['Enter'], about: 'Open' },
  { keys: ['Esc'], about: 'Clear the selection' },
];

export type KeyMeaning =
  { kind: 'go'; href: string } | { kind: 'filter' } | { kind: 'help' } | { kind: 'prefix' } | null;

const AFTER_G: Record<string, string> = { v: PATHS.vms, h: PATHS.host, s: PATHS.settings };

/** What a key means. @param isAfterG true when `g` was pressed just before */
export function keyMeaning(key: string, isAfterG: boolean): KeyMeaning {
  const href = AFTER_G[key];
  if (isAfterG && href) return { kind: 'go', href };
  if (key === '?') return { kind: 'help' };
  if (key === '/') return { kind: 'filter' };
  if (key === 'n') return { kind: 'go', href: PATHS.newVm };
  if (key === 'g') return { kind: 'prefix' };
  return null;
}
