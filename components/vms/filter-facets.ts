/** What the list can be filtered by, besides its text: the values there are, with their words. Pure. */
import { foldersByPath, type FolderView, type TagView } from '@/lib/shared/organise';
import { SYSTEM_PRESETS } from '@/lib/shared/system-presets';
import { VM_STATUSES, vmSystem, type VmView } from '@/lib/shared/vm';
import type { Facet, ListFilter } from '@/lib/shared/vm-filter';
import { acceleratorOf } from '@/lib/shared/vm-match';
import { statusOf } from './status';

export interface FacetChoices {
  facet: Facet;
  label: string;
  choices: { value: string; label: string }[];
}

const ACCELERATOR_LABELS = { kvm: 'KVM', tcg: 'TCG', auto: 'Chosen at the start' } as const;

/** A folder's value in menus; an empty one would be none. */
const IN_NO_FOLDER = 'In no folder';

/**
 * The facets and their values: what some VM has, and what is chosen.
 *
 * Folders and tags are offered whole, so that an empty one can be chosen too.
 */
export function facetChoices(
  vms: readonly VmView[],
  folders: readonly FolderView[],
  tags: readonly TagView[],
  filter: ListFilter,
): FacetChoices[] {
  const has = (facet: Facet, valueOf: (vm: VmView) => string) => {
    const there = new Set(vms.map(valueOf));
    return (value: string) => there.has(value) || filter[facet].includes(value);
  };
  const systems = vmSystem.options.filter(has('system', (vm) => vm.spec.system));
  const accelerators = (['kvm', 'tcg', 'auto'] as const).filter(has('accelerator', acceleratorOf));
  const paths = foldersByPath(folders).map(({ path }) => ({ value: path, label: path }));
  const gone = (facet: 'tag' | 'folder', known: { value: string }[]) =>
    filter[facet]
      .filter((value) => value !== '' && !known.some((one) => one.value === value))
      .map((value) => ({ value, label: `${value} (gone)` }));
  const names = tags.map(({ name }) => ({ value: name, label: name }));
  const all: FacetChoices[] = [
    {
      facet: 'status',
      label: 'Status',
      choices: VM_STATUSES.filter(has('status', (vm) => vm.status)).map((value) => ({
        value,
        label: statusOf(value).word,
      })),
    },
    { facet: 'tag', label: 'Tag', choices: [...names, ...gone('tag', names)] },
    {
      facet: 'folder',
      label: 'Folder',
      choices:
        folders.length > 0 || filter.folder.length > 0
          ? [...paths, ...gone('folder', paths), { value: '', label: IN_NO_FOLDER }]
          : [],
    },
    {
      facet: 'system',
      label: 'System',
      choices: systems.map((value) => ({ value, label: SYSTEM_PRESETS[value].label })),
    },
    {
      facet: 'accelerator',
      label: 'Accelerator',
      choices: accelerators.map((value) => ({ value, label: ACCELERATOR_LABELS[value] })),
    },
  ];
  return all.filter(({ choices }) => choices.length > 0);
}
