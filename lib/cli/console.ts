/**
 * `skep console`: this terminal becomes the guest's serial console.
 *
 *   keys ──raw──▶ Ctrl-]? leave ──else──▶ /ws/serial ──▶ guest
 *   guest ──▶ bytes as they are ──▶ terminal           acknowledged, so that a flood cannot pile up
 *
 * The terminal is put back on every way out. Its output is the guest's: that is what a console is for.
 */
import { WebSocket, type RawData } from 'ws';
import { CLOSE } from '../shared/events';
import { ACK_BYTES, serialControl, serialPath } from '../shared/serial-protocol';
import { CliError, EXIT } from './exit';
import type { Cli } from './verb';

/** Ctrl-], as telnet and virsh have it. */
const LEAVE = 0x1d;

export interface Terminal {
  input: NodeJS.ReadStream;
  write(bytes: Uint8Array | string): void;
}

/** Attaches until the user leaves, the input ends, or the VM stops. @throws CliError */
export async function attachConsole(cli: Cli, vm: { id: string; name: string }, terminal: Terminal): Promise<void> {
  const { ticket } = await cli.api.call('makeTicket', { body: { kind: 'serial', vmId: vm.id } });
  const { url, headers } = cli.link.socket(serialPath(vm.id));
  const ws = new WebSocket(url, ['skep', `ticket.${ticket}`], { headers, perMessageDeflate: false });
  const { input } = terminal;
  const restore = makeRaw(input);
  try {
    await converse(ws, cli, vm.name, terminal);
  } finally {
    restore();
    input.pause();
    ws.terminate();
  }
}

/** @returns what puts the terminal back */
function makeRaw(input: NodeJS.ReadStream): () => void {
  if (!input.isTTY) return () => undefined;
  input.setRawMode(true);
  const restore = () => {
    input.setRawMode(false);
  };
  process.once('exit', restore);
  return () => {
    process.off('exit', restore);
    restore();
  };
}

function converse(ws: WebSocket, { screen }: Cli, name: string, { input, write }: Terminal): Promise<void> {
  return new Promise((done, fail) => {
    const sendKeys = (bytes: Buffer) => {
      const leave = input.isTTY ? bytes.indexOf(LEAVE) : -1;
      const keys = leave < 0 ? bytes : bytes.subarray(0, leave);
      if (keys.length > 0) ws.send(keys);
      if (leave >= 0) ws.close(1000);
    };
    const show = acknowledged(ws, write, (lost) => screen.note(`[${lost} bytes were left out]`));
    ws.on('open', () => {
      if (input.isTTY) screen.note(`Connected to ${name}. Ctrl-] leaves.`);
      input.on('data', sendKeys);
      // A pipe that ended has said all: what the guest answers is still shown until the VM stops or Ctrl-C.
      input.resume();
    });
    ws.on('message', show);
    ws.on('error', (error) => fail(new CliError(EXIT.unreachable, `The console of ${name} failed: ${error.message}.`)));
    ws.on('close', (code, reason) => {
      input.off('data', sendKeys);
      const why = refusalOf(code, name, reason.toString());
      if (why) fail(why);
      else done();
    });
  });
}

/** Shows what comes, and tells the server how far, so that it sends no more than is shown. */
function acknowledged(ws: WebSocket, write: Terminal['write'], onLost: (bytes: number) => void) {
  let offset = 0;
  let told = 0;
  return (data: RawData, isBinary: boolean) => {
    const bytes = Buffer.isBuffer(data)
      ? data
      : Buffer.concat([data].flat().map((part) => Buffer.from(part as Uint8Array)));
    if (!isBinary) {
      const control = serialControl.parse(JSON.parse(bytes.toString()));
      if (control.lost > 0) onLost(control.lost);
      offset = told = control.offset;
      return;
    }
    write(bytes);
    offset += bytes.length;
    if (offset - told < ACK_BYTES) return;
    told = offset;
    ws.send(JSON.stringify({ type: 'ack', offset }));
  };
}

function refusalOf(code: number, name: string, reason: string): CliError | null {
  if (code === 1000 || code === 1005) return null;
  if (code === CLOSE.vmStopped) return new CliError(EXIT.refused, reason || `${name} stopped.`);
  if (code === CLOSE.notFound) return new CliError(EXIT.notFound, reason || `There is no VM ${name}.`);
  if (code === CLOSE.busy) return new CliError(EXIT.refused, reason);
  if (code === CLOSE.signedOut) return new CliError(EXIT.notAllowed, 'The session ended.');
  return new CliError(
    EXIT.unreachable,
    `The connection to the console of ${name} ended${reason ? `: ${reason}` : ''}.`,
  );
}
