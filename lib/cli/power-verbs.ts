/** Verbs that start, stop and the like: each is one verb of the table in shared/vm-can.ts. */
import { VERB_LABELS } from '../shared/vm-can';
import type { VmVerb } from '../shared/vm';
import { statusText } from './vm-text';
import type { Cli, Given, Verb } from './verb';

type PowerVerb = Exclude<VmVerb, 'delete'>;

interface PowerRow {
  /** The word on the command line. */
  name: string;
  verb: PowerVerb;
  summary: string;
  description?: string;
}

const ROWS: PowerRow[] = [
  { name: 'start', verb: 'start', summary: 'Start VMs' },
  {
    name: 'shutdown',
    verb: 'shutdown',
    summary: 'Ask guests to shut down',
    description: 'It answers when the guest has been asked; skep wait tells when it is off.',
  },
  { name: 'reboot', verb: 'reboot', summary: 'Ask guests to reboot' },
  { name: 'reset', verb: 'reset', summary: 'Press the reset button: the guest is not asked' },
  {
    name: 'stop',
    verb: 'force-off',
    summary: 'Switch VMs off at once: the guest is not asked',
    description: 'Like pulling the plug. skep shutdown asks the guest.',
  },
  { name: 'pause', verb: 'pause', summary: 'Pause VMs' },
  { name: 'resume', verb: 'resume', summary: 'Let paused VMs go on' },
  { name: 'save', verb: 'save', summary: 'Save running VMs to disk, memory and all' },
  { name: 'unsave', verb: 'restore', summary: 'Go on with VMs that were saved to disk' },
  { name: 'discard', verb: 'discard-state', summary: 'Throw the saved memory of VMs away' },
  { name: 'cancel', verb: 'cancel', summary: 'Give up making a VM whose disks are still copied' },
];

/** The word that stands for a verb on the command line: `stop` for force off. */
export function commandWord(verb: PowerVerb): string {
  return ROWS.find((row) => row.verb === verb)?.name ?? verb;
}

export const powerVerbs: Verb[] = ROWS.map(({ name, verb, summary, description }) => ({
  name,
  group: 'Virtual machines',
  summary,
  ...(description ? { description } : {}),
  arguments: [{ name: 'VM', completes: 'vm', many: true }],
  options: {},
  example: `skep ${name} web`,
  run: (cli, given) => eachVm(cli, given, verb),
}));

/** One after the other; a VM that fails does not keep the others from their turn. */
async function eachVm({ api, screen, json }: Cli, given: Given, verb: PowerVerb): Promise<void> {
  const done: unknown[] = [];
  const failures: unknown[] = [];
  const names = given.rest('VM');
  for (const name of names) {
    try {
      const vm = await api.call('powerVm', { params: { name, verb } });
      done.push(vm);
      screen.note(`${VERB_LABELS[verb]}: ${name} is ${statusText(vm)}.`);
    } catch (error) {
      failures.push(error);
      const words = error instanceof Error ? error.message : String(error);
      if (names.length > 1) screen.note(`${name}: ${words}`);
    }
  }
  if (json) screen.json(done);
  if (failures.length > 0) throw failures[0];
}
