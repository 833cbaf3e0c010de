/** Verbs that only look at VMs. */
import { VM_STATUSES, type VmStatus } from '../shared/vm';
import { usageError } from './exit';
import { allPages } from './pages';
import { statusText, vmFacts, VM_HEAD, vmRow } from './vm-text';
import type { Cli, Given, Verb } from './verb';

const VM = { name: 'VM', completes: 'vm' } as const;

const ls: Verb = {
  name: 'ls',
  group: 'Virtual machines',
  summary: 'List VMs',
  arguments: [{ name: 'TEXT', optional: true }],
  options: {
    status: { value: 'STATUS', help: 'Only those of this status', completes: VM_STATUSES },
    tag: { value: 'TAG', help: 'Only those with this tag' },
  },
  example: 'skep ls --status running',
  async run({ api, screen, json }, given) {
    const filter = { q: given.optional('TEXT'), status: readStatus(given), tag: given.text('tag') };
    const vms = await allPages((cursor) => api.call('listVms', { query: { ...filter, cursor, limit: 500 } }));
    if (json) return screen.json(vms);
    if (vms.length === 0) return screen.note('There is no such VM.');
    screen.table(VM_HEAD, vms.map(vmRow));
  },
};

const show: Verb = {
  name: 'show',
  group: 'Virtual machines',
  summary: 'Show all about a VM',
  arguments: [VM],
  options: { command: { help: 'Show the exact command line of QEMU instead' } },
  example: 'skep show web',
  async run({ api, screen, json }, given) {
    const params = { name: given.argument('VM') };
    if (given.has('command')) {
      const { qemu } = await api.call('getVmCommand', { params });
      return json ? screen.json(qemu) : screen.say(qemu.join(' '));
    }
    const vm = await api.call('getVm', { params });
    if (json) return screen.json(vm);
    screen.facts(vmFacts(vm));
  },
};

const logs: Verb = {
  name: 'logs',
  group: 'Virtual machines',
  summary: 'Show QEMU’s log, or what the guest wrote to its serial port',
  arguments: [VM],
  options: { serial: { help: 'What the guest wrote to its serial port, as it is' } },
  example: 'skep logs web --serial',
  async run({ api, screen, json }, given) {
    const params = { name: given.argument('VM') };
    const text = given.has('serial')
      ? await api.call('getVmSerial', { params })
      : await api.call('getVmLog', { params });
    if (json) return screen.json(text);
    if (given.has('serial')) return screen.raw(text);
    if (text === '') return screen.note('The log is empty.');
    screen.say(text.trimEnd());
  },
};

const wait: Verb = {
  name: 'wait',
  group: 'Virtual machines',
  summary: 'Wait until a VM has a status',
  arguments: [VM, { name: 'STATUS', completes: VM_STATUSES }],
  options: { timeout: { value: 'SECONDS', help: 'Give up after so long; default 600' } },
  example: 'skep shutdown web && skep wait web stopped',
  async run(cli, given) {
    const status = VM_STATUSES.find((known) => known === given.argument('STATUS'));
    if (!status) throw usageError(`There is no status “${given.argument('STATUS')}”.`, VM_STATUSES.join(', '));
    const { waitForStatus } = await import('./follow');
    const vm = await waitForStatus(cli, given.argument('VM'), status, Number(given.text('timeout') ?? 600));
    if (cli.json) cli.screen.json(vm);
    else cli.screen.note(`${vm.name} is ${statusText(vm)}.`);
  },
};

const events: Verb = {
  name: 'events',
  group: 'Virtual machines',
  summary: 'Show what happened to a VM; without one, follow everything',
  description: 'Following prints one JSON value a line with --json, and ends with Ctrl-C.',
  arguments: [{ ...VM, optional: true }],
  options: {},
  example: 'skep events web',
  async run(cli, given) {
    const name = given.optional('VM');
    if (name === undefined) return (await import('./follow')).followEvents(cli);
    const happened = await allPages((cursor) =>
      cli.api.call('listVmEvents', { params: { name }, query: { cursor, limit: 500 } }),
    );
    if (cli.json) return cli.screen.json(happened);
    const rows = happened.reverse().map(({ at, actor, message }) => [at, actor ?? '', message]);
    cli.screen.table(['TIME', 'WHO', 'WHAT'], rows);
  },
};

function readStatus(given: Given): VmStatus | undefined {
  const text = given.text('status');
  if (text === undefined) return undefined;
  const status = VM_STATUSES.find((known) => known === text);
  if (!status) throw usageError(`There is no status “${text}”.`, VM_STATUSES.join(', '));
  return status;
}

/** The VM, as every verb that needs its id gets it. */
export async function vmOf({ api }: Cli, given: Given) {
  return api.call('getVm', { params: { name: given.argument('VM') } });
}

export const listVerbs: Verb[] = [ls, show, logs, events, wait];
