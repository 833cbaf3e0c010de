/** Follows the stream of events: server-sent events, as the HTML standard writes them. */
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { errorOf } from '../shared/api/client';
import { API_BASE } from '../shared/api/endpoint';
import type { ServerEvent } from '../shared/events';
import type { VmStatus, VmView } from '../shared/vm';
import { CliError, EXIT } from './exit';
import { statusText } from './vm-text';
import type { Cli } from './verb';

/** Each event of the server, until the connection ends. */
export async function* readEvents(message: IncomingMessage): AsyncGenerator<ServerEvent> {
  let data = '';
  for await (const line of createInterface({ input: message, crlfDelay: Infinity })) {
    if (line.startsWith('data:')) data += line.slice(5).trimStart();
    else if (line === '' && data !== '') {
      yield JSON.parse(data) as ServerEvent;
      data = '';
    }
  }
}

async function openEvents({ link }: Cli): Promise<IncomingMessage> {
  const headers = { accept: 'text/event-stream' };
  const message = await link.open({ method: 'GET', path: `${API_BASE}/events`, headers, body: null });
  if (message.statusCode === 200) return message;
  let text = '';
  for await (const chunk of message) text += String(chunk);
  throw errorOf(message.statusCode ?? 0, text);
}

/** Prints what happens until the connection ends. */
export async function followEvents(cli: Cli): Promise<void> {
  for await (const event of readEvents(await openEvents(cli))) {
    if (event.type === 'alive' || event.type === 'stats') continue;
    if (cli.json) cli.screen.raw(`${JSON.stringify(event)}\n`);
    else for (const line of describe(event)) cli.screen.say(`${new Date().toISOString()} ${line}`);
  }
  throw new CliError(EXIT.unreachable, 'The connection to Skep ended.');
}

function describe(event: ServerEvent): string[] {
  switch (event.type) {
    case 'snapshot':
      return event.vms.map((vm) => `${vm.name}: ${statusText(vm)}`);
    case 'vm':
      return [`${event.vm.name}: ${statusText(event.vm)}`];
    case 'vm-gone':
      return [`The VM ${event.id} is gone`];
    case 'vm-event':
      return [`${event.event.message}${event.event.actor ? ` (${event.event.actor})` : ''}`];
    case 'task':
      return [`${event.task.title}: ${event.task.status}`];
    default:
      return [];
  }
}

/**
 * Waits until a VM has a status.
 *
 * @throws CliError when it is gone, or after `timeoutSeconds`
 */
export async function waitForStatus(cli: Cli, name: string, status: VmStatus, timeoutSeconds: number): Promise<VmView> {
  const { id } = await cli.api.call('getVm', { params: { name } });
  const message = await openEvents(cli);
  let last = 'unknown';
  const timer = setTimeout(() => message.destroy(new Error('timeout')), timeoutSeconds * 1000);
  try {
    for await (const event of readEvents(message)) {
      if (event.type === 'vm-gone' && event.id === id) throw new CliError(EXIT.notFound, `${name} was deleted.`);
      const vms = event.type === 'snapshot' ? event.vms : event.type === 'vm' ? [event.vm] : [];
      const vm = vms.find((one) => one.id === id);
      if (!vm) continue;
      last = statusText(vm);
      if (vm.status === status && !vm.operation) return vm;
    }
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(EXIT.failed, `${name} is ${last} after ${timeoutSeconds} seconds, not ${status}.`);
  } finally {
    clearTimeout(timer);
    message.destroy();
  }
  throw new CliError(EXIT.unreachable, 'The connection to Skep ended.');
}
