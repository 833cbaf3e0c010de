/**
 * The filter of the list, as it stands in the address: `?q=mem>2GiB&status=running,paused&tag=web&group=folder`.
 *
 * Parts that are given must all fit; of the values of one part, any may.
 */
import { z } from 'zod';
import { folderPath, type FolderView } from './organise';
import { VM_STATUSES, vmSystem, type VmView } from './vm';
import { acceleratorOf, matcherOf, type VmPredicate } from './vm-match';
import { parseQuery } from './vm-query';

export const GROUPINGS = ['none', 'folder', 'tag', 'status'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** The parts of which one chooses values. */
export const FACETS = ['status', 'tag', 'folder', 'system', 'accelerator'] as const;
export type Facet = (typeof FACETS)[number];

export interface ListFilter {
  /** In the language of `vm-query.ts`. */
  text: string;
  status: readonly string[];
  tag: readonly string[];
  /** Paths; an empty one means "in no folder". Folders in the folder count too. */
  folder: readonly string[];
  system: readonly string[];
  accelerator: readonly string[];
  group: Grouping;
}

export const NO_FILTER: ListFilter = {
  text: '',
  status: [],
  tag: [],
  folder: [],
  system: [],
  accelerator: [],
  group: 'none',
};

const ACCELERATORS = ['kvm', 'tcg', 'auto'] as const;

/** In no folder, in the address: a path cannot be just a slash. */
const TOP = '/';

/** Reads an address; what is not understood is left out. */
export function parseFilter(params: Pick<URLSearchParams, 'get'>): ListFilter {
  const list = (key: string) => [...new Set((params.get(key) ?? '').split(',').filter(Boolean))].slice(0, 100);
  const known = (key: string, values: readonly string[]) => list(key).filter((value) => values.includes(value));
  return {
    text: params.get('q') ?? '',
    status: known('status', VM_STATUSES),
    tag: list('tag'),
    folder: list('folder').map((path) => (path === TOP ? '' : path)),
    system: known('system', vmSystem.options),
    accelerator: known('accel', ACCELERATORS),
    group: z.enum(GROUPINGS).catch('none').parse(params.get('group')),
  };
}

/** The search part of the address, without the question mark; empty for no filter. */
export function formatFilter(filter: ListFilter): string {
  const params = new URLSearchParams();
  const put = (key: string, value: string) => value && params.set(key, value);
  put('q', filter.text);
  put('status', filter.status.join());
  put('tag', filter.tag.join());
  put('folder', filter.folder.map((path) => path || TOP).join());
  put('system', filter.system.join());
  put('accel', filter.accelerator.join());
  put('group', filter.group === 'none' ? '' : filter.group);
  // Commas and slashes may stand in the search part as they are (RFC 3986, 3.4), and read better so.
  return params.toString().replaceAll('%2C', ',').replaceAll('%2F', '/');
}

/** Whether it leaves any VM out. */
export function isFiltering(filter: ListFilter): boolean {
  return filter.text.trim() !== '' || FACETS.some((facet) => filter[facet].length > 0);
}

/** The VMs that fit, and what of the text was not understood. */
export function filterVms(
  vms: readonly VmView[],
  filter: ListFilter,
  folders: readonly FolderView[],
): { shown: VmView[]; problems: string[] } {
  const { query, problems } = parseQuery(filter.text);
  const predicates = [matcherOf(query, folders), ...facetTests(filter, folders)];
  return { shown: vms.filter((vm) => predicates.every((fits) => fits(vm))), problems };
}

function facetTests(filter: ListFilter, folders: readonly FolderView[]): VmPredicate[] {
  const tests: Record<Facet, VmPredicate> = {
    status: (vm) => filter.status.includes(vm.status),
    tag: (vm) => filter.tag.some((tag) => vm.tags.includes(tag)),
    folder: folderTest(filter.folder, folders),
    system: (vm) => filter.system.includes(vm.spec.system),
    accelerator: (vm) => filter.accelerator.includes(acceleratorOf(vm)),
  };
  return FACETS.filter((facet) => filter[facet].length > 0).map((facet) => tests[facet]);
}

/** Worked out once per folder, not once per VM. */
function folderTest(wanted: readonly string[], folders: readonly FolderView[]): VmPredicate {
  const fits = (path: string) => wanted.some((one) => (one === '' ? path === '' : `${path}/`.startsWith(`${one}/`)));
  const inside = new Set(folders.filter(({ id }) => fits(folderPath(folders, id))).map(({ id }) => id));
  return ({ folderId }) => (folderId === null ? fits('') : inside.has(folderId));
}
