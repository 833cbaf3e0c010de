/** Command lines as text that a shell would take, for people to read and copy. Skep itself never runs a shell. */

/** One argument, in single quotes when a shell would read it otherwise. */
export function quoteArgument(argument: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

/**
 * A command with one option per line: each argument that begins with a dash starts a new line, its values follow it.
 *
 * @param argv the program and its arguments
 */
export function formatCommand(argv: readonly string[]): string {
  const lines: string[] = [];
  for (const argument of argv) {
    const quoted = quoteArgument(argument);
    if (lines.length === 0 || argument.startsWith('-')) lines.push(quoted);
    else lines[lines.length - 1] += ` ${quoted}`;
  }
  return lines.join(' \\\n  ');
}
