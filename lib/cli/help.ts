/** The help, from the table of verbs. Pure. */
import { EXIT_MEANINGS } from './exit';
import { GLOBAL_OPTIONS, usageOf } from './parse';
import { columns } from './screen';
import { GROUPS, type Option, type Verb } from './verb';

/** All verbs by group. */
export function overview(verbs: readonly Verb[]): string {
  const groups = GROUPS.map((group) => {
    const rows = verbs.filter((verb) => verb.group === group).map(({ name, summary }) => [`  ${name}`, summary]);
    return `${group}\n${columns(rows).join('\n')}`;
  });
  const exits = columns(EXIT_MEANINGS.map(([code, meaning]) => [`  ${code}`, meaning]));
  return [
    'skep: virtual machines from the command line\n\nUsage: skep VERB [ARGUMENT…] [--option…]',
    ...groups,
    `Options of every verb\n${optionLines(GLOBAL_OPTIONS)}`,
    `It ends with\n${exits.join('\n')}`,
    'skep VERB --help tells more about a verb.',
  ].join('\n\n');
}

/** All about one verb. */
export function helpOf(verb: Verb): string {
  const { name, summary, description, options, example } = verb;
  const hasOptions = Object.keys(options).length > 0;
  return [
    `${summary}.`,
    ...(description ? [description] : []),
    `Usage: skep ${name} ${usageOf(verb.arguments)}${hasOptions ? ' [--option…]' : ''}`.trimEnd(),
    ...(hasOptions ? [`Options\n${optionLines(options)}`] : []),
    `Example\n  ${example}`,
  ].join('\n\n');
}

function optionLines(options: Readonly<Record<string, Option>>): string {
  const rows = Object.entries(options).map(([name, { value, short, help, many }]) => [
    `  ${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`,
    many ? `${help}; can be given several times` : help,
  ]);
  return columns(rows).join('\n');
}
