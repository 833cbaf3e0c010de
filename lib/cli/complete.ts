/**
 * `skep __complete WORD…`: what could stand in place of the last word, one a line. It never fails: a completion that
 * cannot be had is none.
 */
import { allPages } from './pages';
import { GLOBAL_OPTIONS } from './parse';
import type { Cli, Completes, Option, Verb } from './verb';

/** @param words the words after `skep`, the last one being typed (it may be empty) */
export async function complete(verbs: readonly Verb[], words: readonly string[], cli: Cli): Promise<string[]> {
  const typed = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const all = await candidates(verbs, before, typed, cli);
  return all.filter((candidate) => candidate.startsWith(typed)).sort();
}

async function candidates(
  verbs: readonly Verb[],
  before: readonly string[],
  typed: string,
  cli: Cli,
): Promise<readonly string[]> {
  const verb = verbs.find(({ name }) => before.includes(name));
  const options: Readonly<Record<string, Option>> = { ...GLOBAL_OPTIONS, ...verb?.options };
  const last = before.at(-1) ?? '';
  const asked = last.startsWith('--') ? options[last.slice(2)] : undefined;
  if (asked?.value) return values(asked.completes, cli);
  if (typed.startsWith('-')) return Object.keys(options).map((name) => `--${name}`);
  if (!verb) return [...verbs.map(({ name }) => name), 'help'];
  const words = positionals(before.slice(before.indexOf(verb.name) + 1), options);
  const argument = verb.arguments[words.length] ?? verb.arguments.findLast(({ many }) => many);
  const known = await values(argument?.completes, cli);
  return known.filter((candidate) => !words.includes(candidate));
}

/** The words that are neither options nor values of options. */
function positionals(words: readonly string[], options: Readonly<Record<string, Option>>): string[] {
  return words.filter((word, i) => {
    const previous = words[i - 1] ?? '';
    const isValue = previous.startsWith('--') && options[previous.slice(2)]?.value !== undefined;
    return !word.startsWith('-') && !isValue;
  });
}

async function values(completes: Completes | undefined, { api }: Cli): Promise<readonly string[]> {
  // Files are the shell's own.
  if (completes === undefined || completes === 'file') return [];
  if (typeof completes !== 'string') return completes;
  try {
    if (completes === 'vm') {
      return (await allPages((cursor) => api.call('listVms', { query: { cursor, limit: 500 } }))).map(
        ({ name }) => name,
      );
    }
    if (completes === 'image') {
      const files = await allPages((cursor) => api.call('listLibrary', { query: { cursor, limit: 500 } }));
      return files.map(({ name }) => name);
    }
    return (await allPages((cursor) => api.call('listTasks', { query: { cursor, limit: 500 } }))).map(({ id }) =>
      id.slice(0, 8),
    );
  } catch {
    return [];
  }
}
