/** The keys that work on every page, in one table: what is listed is what is listened for. Pure. */
import { PATHS } from '@/lib/shared/paths';

/** Dispatched on `window` to open the list of shortcuts. */
export const SHOW_SHORTCUTS = 'skep:show-shortcuts';
/** Dispatched on `window` to open the command palette. */
export const SHOW_PALETTE = 'skep:show-palette';

export type KeyMeaning =
  { kind: 'go'; href: string } | { kind: 'palette' } | { kind: 'filter' } | { kind: 'help' } | { kind: 'prefix' };

export interface Shortcut {
  /** One key; `Ctrl` and a key, pressed together; or `g` and a key, one after the other. */
  keys: string[];
  about: string;
  meaning: KeyMeaning;
}

const go = (keys: string[], about: string, href: string): Shortcut => ({ keys, about, meaning: { kind: 'go', href } });

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['Ctrl', 'K'], about: 'Go to or do anything (⌘ K on a Mac)', meaning: { kind: 'palette' } },
  { keys: ['?'], about: 'Show these shortcuts', meaning: { kind: 'help' } },
  { keys: ['/'], about: 'Go to the filter', meaning: { kind: 'filter' } },
  go(['n'], 'New virtual machine', PATHS.newVm),
  go(['g', 'v'], 'Go to the virtual machines', PATHS.vms),
  go(['g', 't'], 'Go to the tasks', PATHS.tasks),
  go(['g', 'h'], 'Go to the host', PATHS.host),
  go(['g', 's'], 'Go to the settings', PATHS.settings),
];

/** Keys inside tables, which the tables themselves handle. */
export const TABLE_KEYS: readonly { keys: string[]; about: string }[] = [
  { keys: ['↑', '↓'], about: 'Move between rows' },
  { keys: ['Space'], about: 'Select a row' },
  { keys: ['Shift', '↓'], about: 'Select several rows' },
  { keys: ['Ctrl', 'A'], about: 'Select all rows' },
  { keys: ['Enter'], about: 'Open' },
  { keys: ['→'], about: 'Go into a row: its handle for dragging, its buttons' },
  { keys: ['Esc'], about: 'Clear the selection' },
];

export interface KeyPress {
  key: string;
  /** Ctrl, or the command key of a Mac, is held. */
  isCtrl: boolean;
  /** `g` was pressed just before. */
  isAfterG: boolean;
}

/** What a key means, or null. */
export function keyMeaning({ key, isCtrl, isAfterG }: KeyPress): KeyMeaning | null {
  const fits = ({ keys: [first, second] }: Shortcut) => {
    if (isCtrl) return first === 'Ctrl' && second === key.toUpperCase();
    return second === undefined ? first === key : isAfterG && first === 'g' && second === key;
  };
  const found = SHORTCUTS.find(fits);
  if (found) return found.meaning;
  return key === 'g' && !isCtrl ? { kind: 'prefix' } : null;
}
