/** Verbs that make, change and delete VMs. */
import { readFileSync } from 'node:fs';
import { draftFromSpec } from '../shared/spec-draft';
import type { VmCreateInput, VmPatch, VmSpecDraft, VmView } from '../shared/vm';
import { CliError, EXIT, usageError } from './exit';
import { vmOf } from './list-verbs';
import { draftOf, HARDWARE_OPTIONS, NEW_VM_OPTIONS, withHardware } from './vm-options';
import { statusText } from './vm-text';
import type { Cli, Given, Verb } from './verb';

const VM = { name: 'VM', completes: 'vm' } as const;
const PLACE_OPTIONS = {
  notes: { value: 'TEXT', help: 'Notes, in Markdown' },
  tag: { value: 'TAG', many: true, help: 'Add a tag' },
  protect: { help: 'Do not let it be deleted' },
  autostart: { help: 'Start it when Skep starts' },
} as const;

const create: Verb = {
  name: 'create',
  group: 'Virtual machines',
  summary: 'Create a VM',
  description:
    'What is not said has the value that fits the system. With --from a whole definition is read, as skep create NAME --print writes it; - is standard input.',
  arguments: [{ name: 'NAME' }],
  options: {
    ...NEW_VM_OPTIONS,
    ...HARDWARE_OPTIONS,
    ...PLACE_OPTIONS,
    'no-start': { help: 'Do not start it' },
    from: { value: 'FILE', help: 'Read the definition (JSON) from a file', completes: 'file' },
    print: { help: 'Print the definition, and create nothing' },
  },
  example: 'skep create web --iso debian.iso --memory 2G --disk 20G --forward 2222:22',
  async run({ api, screen, json }, given) {
    const from = given.text('from');
    const body: VmCreateInput = from === undefined ? await bodyFromOptions(api, given) : bodyFromFile(from, given);
    if (given.has('print')) return screen.json(body);
    const vm = await api.call('createVm', { body });
    if (json) return screen.json(vm);
    screen.note(`${vm.name} is ${statusText(vm)}.`);
  },
};

async function bodyFromOptions(api: Cli['api'], given: Given): Promise<VmCreateInput> {
  return {
    name: given.argument('NAME'),
    spec: draftOf(given, await api.call('getHost')),
    notes: given.text('notes') ?? '',
    tags: given.texts('tag'),
    isProtected: given.has('protect'),
    autostart: { enabled: given.has('autostart'), order: 100, delaySeconds: 0 },
    start: !given.has('no-start'),
  };
}

function bodyFromFile(file: string, given: Given): VmCreateInput {
  const body = readJson(file) as VmCreateInput;
  return { ...body, name: given.argument('NAME'), ...(given.has('no-start') ? { start: false } : {}) };
}

const edit: Verb = {
  name: 'edit',
  group: 'Virtual machines',
  summary: 'Change a VM',
  description: 'Without options it opens the definition (JSON) in $EDITOR. Hardware changes at the next start.',
  arguments: [VM],
  options: {
    name: { value: 'NAME', help: 'Give it another name' },
    ...HARDWARE_OPTIONS,
    ...PLACE_OPTIONS,
    untag: { value: 'TAG', many: true, help: 'Take a tag away' },
    unprotect: { help: 'Let it be deleted again' },
    'no-autostart': { help: 'Do not start it when Skep starts' },
    from: { value: 'FILE', help: 'Read the changes (JSON) from a file; - is standard input', completes: 'file' },
  },
  example: 'skep edit web --memory 4G --tag production',
  async run(cli, given) {
    const vm = await vmOf(cli, given);
    const patch = await patchOf(given, vm);
    if (Object.keys(patch).length === 0) return cli.screen.note('Nothing was changed.');
    const changed = await cli.api.call('updateVm', {
      params: { name: vm.name },
      body: { revision: vm.revision, ...patch },
    });
    if (cli.json) return cli.screen.json(changed);
    cli.screen.note(`${changed.name} was changed.`);
  },
};

async function patchOf(given: Given, vm: VmView): Promise<VmPatch> {
  const from = given.text('from');
  if (from !== undefined) return readJson(from) as VmPatch;
  if (!Object.keys(edit.options).some((option) => given.has(option))) return editByHand(vm);
  const patch: VmPatch = { name: given.text('name'), notes: given.text('notes') };
  if (Object.keys(HARDWARE_OPTIONS).some((option) => given.has(option)))
    patch.spec = withHardware(draftFromSpec(vm.spec), given);
  if (given.has('tag') || given.has('untag'))
    patch.tags = [...vm.tags, ...given.texts('tag')].filter((tag) => !given.texts('untag').includes(tag));
  if (given.has('protect') || given.has('unprotect')) patch.isProtected = given.has('protect');
  if (given.has('autostart') || given.has('no-autostart'))
    patch.autostart = { ...vm.autostart, enabled: given.has('autostart') };
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

/** Opens what of a VM can be changed in the user's editor. */
async function editByHand(vm: VmView): Promise<VmPatch> {
  const { editText } = await import('./editor');
  const { notes, autostart, tags, isProtected } = vm;
  const before = { name: vm.name, notes, autostart, tags, isProtected, spec: draftFromSpec(vm.spec) as VmSpecDraft };
  const text = JSON.stringify(before, null, 2);
  const after = editText(`${text}\n`, `${vm.name}.json`).trim();
  return after === text ? {} : (parseJson(after, 'What you wrote') as VmPatch);
}

const rm: Verb = {
  name: 'rm',
  group: 'Virtual machines',
  summary: 'Delete VMs',
  arguments: [{ ...VM, many: true }],
  options: {
    'keep-disk': { value: 'FILE', many: true, help: 'Move this disk file to the library first' },
    yes: { short: 'y', help: 'Do not ask' },
  },
  example: 'skep rm old --yes',
  async run({ api, screen, json }, given) {
    const names = given.rest('VM');
    if (!given.has('yes')) await confirm(`Delete ${names.join(', ')}?`);
    const keepDisks = given.texts('keep-disk').join(',');
    for (const name of names) {
      await api.call('removeVm', { params: { name }, query: { keepDisks } });
      screen.note(`${name} was deleted.`);
    }
    if (json) screen.json(names);
  },
};

const eject: Verb = {
  name: 'media',
  group: 'Virtual machines',
  summary: 'Put an ISO into a drive, or take it out',
  arguments: [VM, { name: 'FILE', completes: 'image', optional: true }],
  options: { drive: { value: 'DRIVE', help: 'Which drive; default cdrom0', completes: ['cdrom0', 'cdrom1'] } },
  example: 'skep media web debian.iso',
  async run({ api, screen, json }, given) {
    const params = { name: given.argument('VM'), id: given.text('drive') ?? 'cdrom0' };
    const file = given.optional('FILE') ?? null;
    const vm = await api.call('setVmMedia', { params, body: { file } });
    if (json) return screen.json(vm);
    screen.note(file === null ? `${params.id} of ${vm.name} is empty.` : `${file} is in ${params.id} of ${vm.name}.`);
  },
};

/** Asks on the terminal. @throws CliError when nobody can be asked, or the answer is no */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw usageError(`${question} Say --yes where nobody can be asked.`);
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`${question} [y/N] `);
  lines.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError(EXIT.failed, 'Nothing was done.');
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw usageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return parseJson(text, file);
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`${what} is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

export const changeVerbs: Verb[] = [create, edit, rm, eject];
