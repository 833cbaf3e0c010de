/** What the command palette offers, and what of it fits what was typed. Pure. */
import { PATHS, tabLabel, VM_TABS, vmPath } from '@/lib/shared/paths';
import { can, VERB_LABELS } from '@/lib/shared/vm-can';
import { VM_VERBS, type VmView } from '@/lib/shared/vm';
import { THEME_LABELS, THEMES, type Theme } from '../frame/theme';
import type { PowerVerb } from '../vms/verbs';
import { fuzzyMatch } from './fuzzy';

export type PaletteAction =
  | { kind: 'go'; href: string }
  | { kind: 'verb'; vm: VmView; verb: PowerVerb }
  | { kind: 'dialog'; vm: VmView; dialog: 'move' | 'tags' | 'delete' }
  | { kind: 'theme'; theme: Theme }
  | { kind: 'shortcuts' };

export interface PaletteItem {
  /** Survives a reload, so that what was used last is found again. */
  id: string;
  title: string;
  /** What sort of thing it is, at the right edge. */
  sort: string;
  /** Its VM, whose state is shown. */
  vm?: VmView;
  action: PaletteAction;
}

export interface FoundItem extends PaletteItem {
  ranges: readonly [number, number][];
}

/** More are not looked through by eye. */
const MAX_FOUND = 50;
/** How much having been used lately is worth beside a match: more than a little, less than a better match. */
const RECENT_BONUS = 15;

const page = (title: string, href: string): PaletteItem => ({
  id: `go:${href}`,
  title,
  sort: 'Page',
  action: { kind: 'go', href },
});

const GENERAL: readonly PaletteItem[] = [
  page('Virtual machines', PATHS.vms),
  page('New virtual machine', PATHS.newVm),
  page('Tasks', PATHS.tasks),
  page('Host', PATHS.host),
  page('Settings', PATHS.settings),
  { id: 'shortcuts', title: 'Keyboard shortcuts', sort: 'Help', action: { kind: 'shortcuts' } },
  ...THEMES.map((theme) => ({
    id: `theme:${theme}`,
    title: THEME_LABELS[theme],
    sort: 'Look',
    action: { kind: 'theme' as const, theme },
  })),
];

/** Everything that can be gone to or done now. */
export function paletteItems(vms: readonly VmView[]): PaletteItem[] {
  return [...GENERAL, ...vms.map(vmItem), ...vms.flatMap((vm) => [...verbItems(vm), ...tabItems(vm)])];
}

function vmItem(vm: VmView): PaletteItem {
  return { id: `vm:${vm.id}`, title: vm.name, sort: 'VM', vm, action: { kind: 'go', href: vmPath(vm.name) } };
}

function tabItems(vm: VmView): PaletteItem[] {
  return VM_TABS.filter((tab) => tab !== 'overview').map((tab) => ({
    id: `tab:${vm.id}:${tab}`,
    title: `${vm.name}: ${tabLabel(tab)}`,
    sort: 'Page of a VM',
    vm,
    action: { kind: 'go', href: vmPath(vm.name, tab) },
  }));
}

function verbItems(vm: VmView): PaletteItem[] {
  const dialog = (kind: 'move' | 'tags' | 'delete', title: string): PaletteItem => ({
    id: `do:${vm.id}:${kind}`,
    title,
    sort: 'Action',
    vm,
    action: { kind: 'dialog', vm, dialog: kind },
  });
  const verbs = VM_VERBS.filter((verb) => verb !== 'delete' && can(verb, vm)) as PowerVerb[];
  return [
    ...verbs.map((verb) => ({
      id: `do:${vm.id}:${verb}`,
      title: `${VERB_LABELS[verb]} ${vm.name}`,
      sort: 'Action',
      vm,
      action: { kind: 'verb' as const, vm, verb },
    })),
    dialog('move', `Move ${vm.name} to a folder…`),
    dialog('tags', `Tags of ${vm.name}…`),
    ...(can('delete', vm) ? [dialog('delete', `Delete ${vm.name}…`)] : []),
  ];
}

/**
 * The items that fit, the likeliest first. Without a text: what was used last, then the pages and the VMs.
 *
 * @param recent ids, the newest first
 */
export function findItems(items: readonly PaletteItem[], typed: string, recent: readonly string[]): FoundItem[] {
  if (typed.trim() === '') {
    const used = recent.map((id) => items.find((item) => item.id === id)).filter((item) => item !== undefined);
    const rest = items.filter((item) => !recent.includes(item.id) && /^(go|vm):/.test(item.id));
    return [...used, ...rest].slice(0, MAX_FOUND).map((item) => ({ ...item, ranges: [] }));
  }
  const found = items.flatMap((item) => {
    const match = fuzzyMatch(item.title, typed);
    if (!match) return [];
    const bonus = recent.includes(item.id) ? RECENT_BONUS : 0;
    return [{ item: { ...item, ranges: match.ranges }, score: match.score + bonus }];
  });
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_FOUND)
    .map(({ item }) => item);
}
