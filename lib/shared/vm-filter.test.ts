import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FolderView } from './organise';
import { NO_AUTOSTART, VM_STATUSES, vmSpec, type VmView } from './vm';
import { filterVms, formatFilter, GROUPINGS, isFiltering, NO_FILTER, parseFilter, type ListFilter } from './vm-filter';

const SPEC = vmSpec.parse({
  version: 1,
  system: 'linux',
  architecture: 'x86_64',
  machine: { type: 'q35', version: null },
  firmware: { kind: 'bios' },
  accelerator: 'auto',
  cpu: { count: 2 },
  memoryMiB: 1024,
  boot: { order: [] },
  devices: [],
});

const vm = (name: string, more: Partial<VmView> = {}): VmView => ({
  id: name,
  name,
  revision: 1,
  status: 'stopped',
  reason: null,
  operation: null,
  shutdownRequestedAt: null,
  pid: null,
  startedAt: null,
  accelerator: null,
  spec: SPEC,
  runningSpec: null,
  notes: '',
  autostart: NO_AUTOSTART,
  folderId: null,
  tags: [],
  isProtected: false,
  savedAt: null,
  lastExit: null,
  disks: [],
  problem: null,
  createdAt: '2026-12-01T00:00:00Z',
  ...more,
});

const FOLDERS: FolderView[] = [
  { id: 'p', name: 'Production', parentId: null },
  { id: 'w', name: 'Web', parentId: 'p' },
];
const VMS = [
  vm('web-1', { status: 'running', accelerator: 'tcg', tags: ['web', 'eu west'], folderId: 'w' }),
  vm('web-2', { tags: ['web'], folderId: 'p', isProtected: true }),
  vm('win', { spec: { ...SPEC, system: 'windows-11', memoryMiB: 8192, cpu: { count: 8 } } }),
  vm('db', { status: 'paused', accelerator: 'kvm', notes: 'Postgres of the shop\nport 5432' }),
];

const find = (filter: Partial<ListFilter>) =>
  filterVms(VMS, { ...NO_FILTER, ...filter }, FOLDERS).shown.map(({ name }) => name);

describe('filterVms', () => {
  it.each<[string, string[]]>([
    ['', ['web-1', 'web-2', 'win', 'db']],
    ['web', ['web-1', 'web-2']],
    ['POSTGRES shop', ['db']],
    ['w*-?', ['web-1', 'web-2']],
    ['name:web*', ['web-1', 'web-2']],
    ['name=web', []],
    ['tag:"eu west"', ['web-1']],
    ['tag:eu*', ['web-1']],
    ['-tag:*', ['win', 'db']],
    ['folder:production', ['web-1', 'web-2']],
    ['folder:Production/Web', ['web-1']],
    ['status:running,paused', ['web-1', 'db']],
    ['system:windows', ['win']],
    ['accel:kvm OR mem>=8GiB', ['win', 'db']],
    ['cpus>2', ['win']],
    ['is:protected', ['web-2']],
    ['-is:in-folder -(win OR nothing)', ['db']],
  ])('%j finds %j', (text, names) => expect(find({ text })).toEqual(names));

  it('combines its parts, any value of each', () => {
    expect(find({ status: ['stopped', 'paused'] })).toEqual(['web-2', 'win', 'db']);
    expect(find({ status: ['stopped'], tag: ['web', 'gone'] })).toEqual(['web-2']);
    expect(find({ folder: ['Production'] })).toEqual(['web-1', 'web-2']);
    expect(find({ folder: ['Production/Web', ''] })).toEqual(['web-1', 'win', 'db']);
    expect(find({ folder: ['Prod'] })).toEqual([]);
    expect(find({ system: ['linux'], accelerator: ['auto'] })).toEqual(['web-2']);
  });

  it('obeys logic', () => {
    const term = fc.constantFrom('web', 'status:running', 'mem>2GiB', 'tag:*', '-win', 'accel:kvm');
    fc.assert(
      fc.property(term, term, (a, b) => {
        expect(find({ text: `${a} ${b}` })).toEqual(
          find({ text: a }).filter((name) => find({ text: b }).includes(name)),
        );
        expect(find({ text: `-(${a} OR ${b})` })).toEqual(find({ text: `NOT ${a} AND NOT ${b}` }));
      }),
    );
  });

  it('is not slowed down by many wildcards', () => {
    const long = [vm('a', { notes: 'a'.repeat(60_000) })];
    const text = `notes:${'a*'.repeat(30)}b`;
    expect(filterVms(long, { ...NO_FILTER, text }, []).shown).toEqual([]);
  });
});

describe('the address', () => {
  it('is short and readable', () => {
    const filter: ListFilter = {
      ...NO_FILTER,
      text: 'mem>2GiB',
      status: ['running', 'paused'],
      folder: ['Production/Web', ''],
      group: 'tag',
    };
    expect(formatFilter(filter)).toBe('q=mem%3E2GiB&status=running,paused&folder=Production/Web,/&group=tag');
    expect(formatFilter(NO_FILTER)).toBe('');
    expect(isFiltering(NO_FILTER)).toBe(false);
    expect(isFiltering(filter)).toBe(true);
  });

  it('leaves out what it does not know', () =>
    expect(parseFilter(new URLSearchParams('status=running,flying&group=size&accel=magic&tag=web'))).toEqual({
      ...NO_FILTER,
      status: ['running'],
      tag: ['web'],
    }));

  it('says the same after a round trip', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9äé][A-Za-z0-9 ._&()+-]{0,9}$/);
    const filter: fc.Arbitrary<ListFilter> = fc.record({
      text: fc.string(),
      status: fc.subarray([...VM_STATUSES]),
      tag: fc.uniqueArray(name, { maxLength: 3 }),
      folder: fc.uniqueArray(fc.oneof(name, fc.constant('')), { maxLength: 3 }),
      system: fc.subarray(['linux', 'other']),
      accelerator: fc.subarray(['kvm', 'tcg', 'auto']),
      group: fc.constantFrom(...GROUPINGS),
    });
    fc.assert(
      fc.property(
        filter,
        (before) => void expect(parseFilter(new URLSearchParams(formatFilter(before)))).toEqual(before),
      ),
    );
  });
});
