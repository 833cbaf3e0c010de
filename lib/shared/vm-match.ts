/** Whether a VM matches a filter: a query of `vm-query.ts` made into a predicate. Pure. */
import { folderChain, type FolderView } from './organise';
import { SYSTEM_PRESETS } from './system-presets';
import { forwardsOf, type VmView } from './vm';
import { STATUS_WORDS } from './vm-can';
import type { Comparison, NumberField, TextField, VmQuery } from './vm-query';

export type VmPredicate = (vm: VmView) => boolean;

/** What the accelerator filter sees: what the VM runs on, else what it is set to (`auto` for a stopped one). */
export function acceleratorOf(vm: Pick<VmView, 'accelerator' | 'spec'>): 'kvm' | 'tcg' | 'auto' {
  return vm.accelerator ?? vm.spec.accelerator;
}

/** Makes a predicate of a query. @param folders all folders, for `folder:` */
export function matcherOf(query: VmQuery, folders: readonly FolderView[]): VmPredicate {
  switch (query.kind) {
    case 'and': {
      const parts = query.parts.map((part) => matcherOf(part, folders));
      return (vm) => parts.every((part) => part(vm));
    }
    case 'or': {
      const parts = query.parts.map((part) => matcherOf(part, folders));
      return (vm) => parts.some((part) => part(vm));
    }
    case 'not': {
      const part = matcherOf(query.part, folders);
      return (vm) => !part(vm);
    }
    case 'word': {
      const test = textTest(query.text, 'within');
      return (vm) => test(haystack(vm));
    }
    case 'text': {
      const test = textTest(query.text, query.isExact ? 'whole' : HOW[query.field]);
      return (vm) => textsOf(vm, query.field, folders).some(test);
    }
    case 'number':
      return (vm) => numbersOf(vm, query.field).some((value) => compare(value, query.comparison, query.value));
  }
}

type How = 'within' | 'start' | 'whole';

const HOW: Record<TextField, How> = {
  name: 'within',
  notes: 'within',
  system: 'start',
  status: 'whole',
  tag: 'whole',
  folder: 'whole',
  accel: 'whole',
  is: 'whole',
};

/** A test for a text; case does not count, and `*` and `?` are wildcards. */
function textTest(wanted: string, how: How): (text: string) => boolean {
  const needle = wanted.toLowerCase();
  if (!/[*?]/.test(needle)) {
    if (how === 'within') return (text) => text.toLowerCase().includes(needle);
    if (how === 'start') return (text) => text.toLowerCase().startsWith(needle);
    return (text) => text.toLowerCase() === needle;
  }
  const isWord = how === 'within' && wanted !== '';
  return (text) =>
    isWord
      ? text
          .toLowerCase()
          .split('\n')
          .some((line) => fitsWildcard(line, needle))
      : fitsWildcard(text.toLowerCase(), needle);
}

/** Without a regular expression: a pattern of many stars must not take the page's time. */
function fitsWildcard(text: string, pattern: string): boolean {
  let [t, p, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') [star, mark] = [p++, t];
    else if (pattern[p] === '?' || pattern[p] === text[t]) [p, t] = [p + 1, t + 1];
    else if (star >= 0) [p, t] = [star + 1, ++mark];
    else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** What a word is looked for in: one thing per line. */
function haystack(vm: VmView): string {
  const ports = forwardsOf(vm.spec).map((f) => `${f.hostAddress}:${f.hostPort}`);
  const texts = [vm.status, STATUS_WORDS[vm.status], vm.reason, SYSTEM_PRESETS[vm.spec.system].label];
  return [vm.name, ...texts, ...vm.tags, ...ports, vm.notes].join('\n');
}

function textsOf(vm: VmView, field: TextField, folders: readonly FolderView[]): string[] {
  switch (field) {
    case 'name':
      return [vm.name];
    case 'status':
      return [vm.status, STATUS_WORDS[vm.status]];
    case 'tag':
      return vm.tags;
    case 'folder': {
      const names = folderChain(folders, vm.folderId).map(({ name }) => name);
      return [...names, ...names.map((_, i) => names.slice(0, i + 1).join('/'))];
    }
    case 'system':
      return [vm.spec.system, SYSTEM_PRESETS[vm.spec.system].label];
    case 'accel':
      return [acceleratorOf(vm)];
    case 'notes':
      return [vm.notes];
    case 'is':
      return statesOf(vm);
  }
}

function statesOf(vm: VmView): string[] {
  const states = { protected: vm.isProtected, autostart: vm.autostart.enabled, tagged: vm.tags.length > 0 };
  return Object.entries({ ...states, 'in-folder': vm.folderId !== null, busy: vm.operation !== null })
    .filter(([, is]) => is)
    .map(([state]) => state);
}

function numbersOf(vm: VmView, field: NumberField): number[] {
  switch (field) {
    case 'mem':
      return [vm.spec.memoryMiB * 1024 ** 2];
    case 'cpus':
      return [vm.spec.cpu.count];
    case 'disk':
      return [vm.disks.reduce((sum, disk) => sum + disk.allocatedBytes, 0)];
    case 'port':
      return forwardsOf(vm.spec).map((forward) => forward.hostPort);
  }
}

function compare(value: number, comparison: Comparison, wanted: number): boolean {
  switch (comparison) {
    case '=':
      return value === wanted;
    case '>':
      return value > wanted;
    case '>=':
      return value >= wanted;
    case '<':
      return value < wanted;
    case '<=':
      return value <= wanted;
  }
}
