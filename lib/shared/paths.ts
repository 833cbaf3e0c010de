/** The addresses of Skep's pages, in one place. */

export const PATHS = {
  vms: '/vms',
  newVm: '/vms/new',
  library: '/library',
  tasks: '/tasks',
  trash: '/trash',
  host: '/host',
  settings: '/settings',
  apiDocs: '/api/docs',
  login: '/login',
} as const;

/** The pages of one VM; the overview has no segment of its own. */
export const VM_TABS = ['overview', 'display', 'console', 'hardware'] as const;
export type VmTab = (typeof VM_TABS)[number];

const TAB_LABELS: Record<VmTab, string> = {
  overview: 'Overview',
  display: 'Display',
  console: 'Console',
  hardware: 'Hardware',
};

export function tabLabel(tab: VmTab): string {
  return TAB_LABELS[tab];
}

/** The address of a VM's page. */
export function vmPath(name: string, tab: VmTab = 'overview'): string {
  const base = `${PATHS.vms}/${encodeURIComponent(name)}`;
  return tab === 'overview' ? base : `${base}/${tab}`;
}

/** A console of a VM in a tab of its own, without the frame. */
export function popOutPath(name: string, tab: 'display' | 'console'): string {
  return `/popout/${encodeURIComponent(name)}/${tab}`;
}

/** The page of tasks with one of them opened. */
export function taskPath(id: string): string {
  return `${PATHS.tasks}?task=${encodeURIComponent(id)}`;
}

/** Where a library file is downloaded from. */
export function libraryFilePath(ref: string): string {
  return `${PATHS.library}/${ref.split('/').map(encodeURIComponent).join('/')}`;
}

/** The VM's name in an address below /vms, or null for another page. */
export function vmNameOf(pathname: string): string | null {
  const [, section, name] = pathname.split('/');
  if (section !== 'vms' || !name || name === 'new') return null;
  return decodeURIComponent(name);
}

/** The same page for a VM of another name (after a rename). */
export function withVmName(pathname: string, name: string): string {
  const parts = pathname.split('/');
  parts[2] = encodeURIComponent(name);
  return parts.join('/');
}

export interface Crumb {
  label: string;
  href: string;
}

const SECTIONS: Record<string, string> = {
  vms: 'Virtual machines',
  library: 'Library',
  tasks: 'Tasks',
  trash: 'Trash',
  host: 'Host',
  settings: 'Settings',
};

/** Where a page stands, outermost first: `Virtual machines`, `web-1`, `Display`. */
export function crumbsOf(pathname: string): Crumb[] {
  if (pathname === PATHS.apiDocs) return [{ label: 'API', href: PATHS.apiDocs }];
  const [, section = '', second, third] = pathname.split('/');
  const label = SECTIONS[section];
  if (!label) return [];
  const crumbs: Crumb[] = [{ label, href: `/${section}` }];
  if (section !== 'vms' || !second) return crumbs;
  if (second === 'new') return [...crumbs, { label: 'New virtual machine', href: PATHS.newVm }];
  const name = decodeURIComponent(second);
  crumbs.push({ label: name, href: vmPath(name) });
  const tab = VM_TABS.find((t) => t === third);
  if (tab) crumbs.push({ label: tabLabel(tab), href: vmPath(name, tab) });
  return crumbs;
}
