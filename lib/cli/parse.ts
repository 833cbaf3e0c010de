/**
 * A command line as a verb and what it was given.
 *
 *   skep [--json …] VERB [ARGUMENT …] [--option …]      options may stand anywhere after the verb
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { usageError } from './exit';
import { nearest } from './nearest';
import type { Argument, Given, Option, Verb } from './verb';

/** Understood by every verb. */
export const GLOBAL_OPTIONS: Readonly<Record<string, Option>> = {
  json: { help: 'Print JSON' },
  host: { value: 'URL', help: 'The Skep to ask, such as https://box.lan; default: the one of this host, SKEP_URL' },
  token: { value: 'TOKEN', help: 'An API token for --host; better in SKEP_TOKEN, where others cannot read it' },
  home: { value: 'FOLDER', help: 'The home of the Skep of this host; default: SKEP_HOME', completes: 'file' },
  help: { short: 'h', help: 'Tell what this verb does' },
};

export interface CommandLine {
  verb: Verb;
  given: Given;
}

/** @throws CliError with exit code 2 and a sentence */
export function parseCommandLine(verbs: readonly Verb[], argv: readonly string[]): CommandLine {
  const at = verbIndex(argv);
  const name = at < 0 ? undefined : argv[at];
  if (name === undefined) throw usageError('Say what to do: skep VERB.', 'skep help lists the verbs.');
  const verb = verbs.find((known) => known.name === name);
  if (!verb) {
    const meant = nearest(
      name,
      verbs.map((known) => known.name),
    );
    throw usageError(
      `There is no verb “${name}”.`,
      meant ? `Did you mean skep ${meant}?` : 'skep help lists the verbs.',
    );
  }
  const rest = [...argv.slice(0, at), ...argv.slice(at + 1)];
  return { verb, given: readGiven(verb, rest) };
}

/** Where the verb stands: the first word that is no global option and no value of one. */
function verbIndex(argv: readonly string[]): number {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (!word.startsWith('-')) return i;
    const option = GLOBAL_OPTIONS[word.slice(2)];
    if (option?.value) i++;
  }
  return -1;
}

function readGiven(verb: Verb, argv: string[]): Given {
  const known = { ...GLOBAL_OPTIONS, ...verb.options };
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, { value, short, many }] of Object.entries(known)) {
    options[name] = { type: value ? 'string' : 'boolean', multiple: many ?? false, ...(short ? { short } : {}) };
  }
  const { values, positionals } = parseWords(verb, known, { args: argv, options, allowPositionals: true });
  const isHelp = values['help'] === true;
  const byName = isHelp ? new Map<string, string[]>() : assign(verb, positionals);
  return toGiven(values, byName);
}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

function parseWords(
  verb: Verb,
  known: Readonly<Record<string, Option>>,
  config: ParseArgsConfig,
): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ ...config, strict: true }) as { values: Values; positionals: string[] };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const unknown = /Unknown option '(-+)([^']+)'/.exec(words);
    if (!unknown) throw usageError(`${words.split('. ')[0]}.`, `skep ${verb.name} --help shows how.`);
    const meant = nearest(unknown[2] ?? '', Object.keys(known));
    throw usageError(
      `skep ${verb.name} has no option ${unknown[1]}${unknown[2]}.`,
      meant ? `Did you mean --${meant}?` : `skep ${verb.name} --help lists them.`,
    );
  }
}

/** Gives the words without a dash to the verb's arguments. */
function assign(verb: Verb, words: readonly string[]): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  let next = 0;
  for (const argument of verb.arguments) {
    const taken = argument.many ? words.slice(next) : words.slice(next, next + 1);
    next += taken.length;
    if (taken.length === 0 && !argument.optional)
      throw usageError(`${argument.name} is missing: skep ${verb.name} ${usageOf(verb.arguments)}`);
    byName.set(argument.name, taken);
  }
  if (next < words.length)
    throw usageError(`“${words[next]}” is too much: skep ${verb.name} ${usageOf(verb.arguments)}`);
  return byName;
}

/** How a verb's arguments are written: `NAME [FILE…]`. */
export function usageOf(list: readonly Argument[]): string {
  return list
    .map(({ name, optional, many }) => (optional ? `[${name}${many ? '…' : ''}]` : `${name}${many ? '…' : ''}`))
    .join(' ');
}

function toGiven(values: Values, byName: ReadonlyMap<string, string[]>): Given {
  const first = (name: string) => byName.get(name)?.[0];
  return {
    text: (option) => (typeof values[option] === 'string' ? values[option] : undefined),
    texts: (option) => [values[option] ?? []].flat().filter((value) => typeof value === 'string'),
    has: (option) => values[option] !== undefined && values[option] !== false,
    argument: (name) => first(name) ?? '',
    optional: first,
    rest: (name) => byName.get(name) ?? [],
  };
}
