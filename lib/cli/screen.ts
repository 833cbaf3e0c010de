/**
 * What is printed. Text that comes from guests, files or other people goes through `visible`, so that no name can
 * move the cursor or recolour the terminal.
 */

export interface Screen {
  /** A line of the answer. */
  say(line: string): void;
  /** Rows under a head, in columns. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void;
  /** Names and values. */
  facts(facts: readonly (readonly [string, string])[]): void;
  json(value: unknown): void;
  /** Bytes as they are. */
  raw(bytes: Uint8Array | string): void;
  /** Something about the work, for people: goes to standard error, and nowhere with --json. */
  note(line: string): void;
}

/** @param write standard output, @param warn standard error */
export function createScreen(
  write: (text: string | Uint8Array) => void,
  warn: (text: string) => void,
  json: boolean,
): Screen {
  const say = (line: string) => write(`${visible(line)}\n`);
  return {
    say,
    table: (head, rows) => columns([head, ...rows]).forEach(say),
    facts: (facts) => columns(facts.map(([name, value]) => [`${name}:`, value])).forEach(say),
    json: (value) => write(`${JSON.stringify(value, null, 2)}\n`),
    raw: (bytes) => write(bytes),
    note: (line) => {
      if (!json) warn(`${visible(line)}\n`);
    },
  };
}

/** Control characters as what they are called, and nothing that turns the direction of writing. Pure. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    if (character === '\t') return ' ';
    if (character === '\n') return '\n';
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Rows as lines whose columns stand below each other; the last one is not filled up. Pure. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const shown = rows.map((row) => row.map((cell) => visible(cell).replaceAll('\n', ' ')));
  const widths: number[] = [];
  for (const row of shown) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, [...cell].length)));
  return shown.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - [...cell].length)))
      .join('  ')
      .trimEnd(),
  );
}
