/**
 * One run of the command: words in, an exit code out. Nothing here ends the process, so that tests can call it.
 */
import { createClient } from '../shared/api/client';
import { isAppError } from '../shared/errors';
import { complete } from './complete';
import { CliError, exitCodeOf, usageError } from './exit';
import { helpOf, overview } from './help';
import { createLink, type Place } from './link';
import { parseCommandLine } from './parse';
import { createScreen } from './screen';
import type { Cli, Verb } from './verb';

export interface RunIo {
  env: NodeJS.ProcessEnv;
  write(text: string | Uint8Array): void;
  warn(text: string): void;
}

/** Runs a command line. @returns the number it ends with; see `exit.ts` */
export async function runCli(verbs: readonly Verb[], argv: readonly string[], io: RunIo): Promise<number> {
  const json = argv.includes('--json');
  try {
    if (argv[0] === '__complete') return await printCompletions(verbs, argv.slice(1), io);
    if (isHelp(argv)) return printHelp(verbs, argv, io);
    const { verb, given } = parseCommandLine(verbs, argv);
    if (given.has('help')) {
      io.write(`${helpOf(verb)}\n`);
      return 0;
    }
    const place = { host: given.text('host'), token: given.text('token'), home: given.text('home') };
    await verb.run(connect(place, io, json), given);
    return 0;
  } catch (error) {
    io.warn(`${describeError(error, json)}\n`);
    return exitCodeOf(error);
  }
}

function connect(place: Place, io: RunIo, json: boolean): Cli {
  const link = createLink(place, io.env);
  return {
    link,
    json,
    api: createClient((request) => link.send(request)),
    screen: createScreen(io.write, io.warn, json),
  };
}

/** `skep`, `skep help [VERB]`, `skep --help`. */
function isHelp(argv: readonly string[]): boolean {
  return argv.length === 0 || ['help', '--help', '-h'].includes(argv[0] ?? '');
}

function printHelp(verbs: readonly Verb[], argv: readonly string[], io: RunIo): number {
  const name = argv[1];
  const verb = verbs.find((known) => known.name === name);
  if (name !== undefined && !verb) throw usageError(`There is no verb “${name}”.`, 'skep help lists the verbs.');
  io.write(`${verb ? helpOf(verb) : overview(verbs)}\n`);
  return 0;
}

async function printCompletions(verbs: readonly Verb[], words: readonly string[], io: RunIo): Promise<number> {
  const found = await complete(verbs, words, connect({}, io, true)).catch(() => []);
  if (found.length > 0) io.write(`${found.join('\n')}\n`);
  return 0;
}

function describeError(error: unknown, json: boolean): string {
  const body = isAppError(error)
    ? { code: error.code, message: error.message, details: error.details, fields: error.fields }
    : { code: 'cli', message: error instanceof Error ? error.message : String(error) };
  if (json) return JSON.stringify({ error: body });
  const fields = isAppError(error) ? Object.entries(error.fields ?? {}) : [];
  return [
    `skep: ${body.message}`,
    ...fields.map(([field, sentence]) => `  ${field}: ${sentence}`),
    ...(isAppError(error) && error.details ? error.details.split('\n').map((line) => `  ${line}`) : []),
    ...(error instanceof CliError && error.hint ? [error.hint] : []),
  ].join('\n');
}
