/** Verbs of the host and of Skep itself. */
import { formatBytes } from '../shared/units';
import { CliError, EXIT } from './exit';
import type { Verb } from './verb';

const host: Verb = {
  name: 'host',
  group: 'Skep itself',
  summary: 'Show what the host offers',
  arguments: [],
  options: { refresh: { help: 'Look at QEMU and the accelerators again' } },
  example: 'skep host',
  async run({ api, screen, json }, given) {
    const view = await api.call(given.has('refresh') ? 'refreshHost' : 'getHost');
    if (json) return screen.json(view);
    screen.facts([
      ['Host', `${view.hostname}, ${view.os}`],
      ['CPU', `${view.cpuCount} × ${view.cpuModel}`],
      ['Memory', formatBytes(view.memoryTotalBytes)],
      ['Skep', view.skepVersion],
      ['Home', view.home],
      ['QEMU', view.qemu?.version ?? 'missing'],
      ...view.accelerators.map(
        ({ name, works, reason }) => [name, `${works ? 'works' : 'does not work'}: ${reason}`] as const,
      ),
      ...view.problems.map((problem) => ['Problem', problem] as const),
    ]);
  },
};

const link: Verb = {
  name: 'link',
  group: 'Skep itself',
  summary: 'Print a one-time link that signs you in',
  description: 'Only on the host itself: it is asked of the socket that only Skep’s own user may open.',
  arguments: [],
  options: {},
  example: 'skep link',
  async run(cli) {
    if (cli.link.origin) throw new CliError(EXIT.notAllowed, 'A link is made on the host itself only, without --host.');
    const response = await cli.link.send({ method: 'POST', path: '/link', headers: {}, body: null });
    const answer = JSON.parse(await response.text()) as { url: string };
    if (cli.json) cli.screen.json(answer);
    else cli.screen.say(answer.url);
  },
};

const completion: Verb = {
  name: 'completion',
  group: 'Skep itself',
  summary: 'Print what a shell needs to complete skep commands',
  description:
    'bash: source <(skep completion bash). zsh: source <(skep completion zsh). fish: skep completion fish | source.',
  arguments: [{ name: 'SHELL', completes: ['bash', 'zsh', 'fish'] }],
  options: {},
  example: 'source <(skep completion bash)',
  async run({ screen }, given) {
    const { completionScript } = await import('./completion-scripts');
    screen.raw(completionScript(given.argument('SHELL')));
  },
};

export const hostVerbs: Verb[] = [host, link, completion];
