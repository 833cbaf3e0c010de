/** Verbs that reach a guest's console and screen. */
import { vmOf } from './list-verbs';
import { vmPath } from '../shared/paths';
import { CliError, EXIT } from './exit';
import type { Cli, Verb } from './verb';

const console_: Verb = {
  name: 'console',
  group: 'Virtual machines',
  summary: 'Attach this terminal to the serial console of a VM',
  description: 'Ctrl-] leaves. Without a terminal, standard input is what is typed.',
  arguments: [{ name: 'VM', completes: 'vm' }],
  options: {},
  example: 'skep console web',
  async run(cli, given) {
    const vm = await vmOf(cli, given);
    const { attachConsole } = await import('./console');
    const write = (bytes: Uint8Array | string) => void process.stdout.write(bytes);
    await attachConsole(cli, vm, { input: process.stdin, write });
    if (process.stdin.isTTY) cli.screen.note(`\nLeft ${vm.name}.`);
  },
};

const display: Verb = {
  name: 'display',
  group: 'Virtual machines',
  summary: 'Open the display of a VM in a browser',
  description: 'Where no browser can be opened, the address is printed.',
  arguments: [{ name: 'VM', completes: 'vm' }],
  options: { print: { help: 'Print the address only' } },
  example: 'skep display web',
  async run(cli, given) {
    const vm = await vmOf(cli, given);
    const url = `${await originOf(cli)}${vmPath(vm.name, 'display')}`;
    if (cli.json) return cli.screen.json(url);
    const hasScreen = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
    if (given.has('print') || !hasScreen || !process.stdout.isTTY) return cli.screen.say(url);
    const { spawn } = await import('node:child_process');
    const browser = spawn('xdg-open', [url], { stdio: 'ignore', detached: true });
    browser.on('error', () => cli.screen.say(url));
    browser.unref();
  },
};

/** Where the pages are. @throws CliError when Skep does not say */
async function originOf({ api, link }: Cli): Promise<string> {
  if (link.origin) return link.origin;
  const { listensOn } = await api.call('getHost');
  if (!listensOn) throw new CliError(EXIT.unreachable, 'Skep does not say where its pages are.');
  const address = listensOn.address === '0.0.0.0' || listensOn.address === '::' ? '127.0.0.1' : listensOn.address;
  return `http://${address.includes(':') ? `[${address}]` : address}:${listensOn.port}`;
}

export const consoleVerbs: Verb[] = [console_, display];
