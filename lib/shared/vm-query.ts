/**
 * The small language of the list's filter. Pure: text in, a tree out.
 *
 *   or    = and { "OR" and }                    web OR db
 *   and   = not { ["AND"] not }                 tag:web status:running
 *   not   = { "NOT" | "-" } term                -name:old
 *   term  = "(" or ")" | field op value | word  mem>2GiB, name:web*, "two words"
 *
 * It never fails, because it is read while somebody types: what makes no sense yet is left out, and told as a problem.
 */

export const TEXT_FIELDS = ['name', 'status', 'tag', 'folder', 'system', 'accel', 'notes', 'is'] as const;
export const NUMBER_FIELDS = ['mem', 'cpus', 'disk', 'port'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];
export type NumberField = (typeof NUMBER_FIELDS)[number];
export type Comparison = '=' | '>' | '>=' | '<' | '<=';

export type VmQuery =
  | { kind: 'and' | 'or'; parts: VmQuery[] }
  | { kind: 'not'; part: VmQuery }
  /** Found anywhere: name, status, notes, … `*` and `?` are wildcards. */
  | { kind: 'word'; text: string }
  /** `isExact`: the whole value, written with `=`. */
  | { kind: 'text'; field: TextField; text: string; isExact: boolean }
  /** Sizes are in bytes. */
  | { kind: 'number'; field: NumberField; comparison: Comparison; value: number };

export interface ParsedQuery {
  query: VmQuery;
  /** What was left out and why, as sentences. */
  problems: string[];
}

/** Everything matches: the query without terms. */
const EVERYTHING: VmQuery = { kind: 'and', parts: [] };

/** Longer texts are cut: nobody types them. */
const MAX_CHARACTERS = 2000;

const ALIASES: Readonly<Record<string, TextField | NumberField>> = {
  ...Object.fromEntries([...TEXT_FIELDS, ...NUMBER_FIELDS].map((field) => [field, field])),
  tags: 'tag',
  state: 'status',
  os: 'system',
  accelerator: 'accel',
  note: 'notes',
  memory: 'mem',
  ram: 'mem',
  cpu: 'cpus',
  ports: 'port',
};

const isNumberField = (field: TextField | NumberField): field is NumberField =>
  (NUMBER_FIELDS as readonly string[]).includes(field);

/** Reads a filter. */
export function parseQuery(text: string): ParsedQuery {
  const parser = new Parser(tokensOf(text.slice(0, MAX_CHARACTERS)));
  return { query: parser.parseAll(), problems: parser.problems };
}

interface Token {
  kind: 'open' | 'close' | 'minus' | 'term';
  /** Of a term: its characters, quotes taken off. */
  text: string;
  /** Of a term: how many of the first characters stood outside of quotes. */
  bare: number;
}

/**
 * A term goes up to a space or a parenthesis; what is in quotes belongs to it whole. A dash negates only where a
 * term begins, and one that stands alone is about to be followed by something.
 */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const piece = /^(?:\s+|[()]|-|(?:"[^"]*(?:"|$)|[^\s()"])+)/.exec(rest)?.[0] ?? rest;
    at += piece.length;
    if (piece === '(' || piece === ')') tokens.push({ kind: piece === '(' ? 'open' : 'close', text: piece, bare: 0 });
    else if (piece === '-' && /^[^\s)]/.test(text.slice(at))) tokens.push({ kind: 'minus', text: piece, bare: 0 });
    else if (piece !== '-' && piece.trim() !== '') tokens.push(term(piece));
  }
  return tokens;
}

function term(piece: string): Token {
  const quote = piece.indexOf('"');
  return { kind: 'term', text: piece.replaceAll('"', ''), bare: quote < 0 ? piece.length : quote };
}

class Parser {
  readonly problems: string[] = [];
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  parseAll(): VmQuery {
    const parts = [this.parseOr()];
    while (this.at < this.tokens.length) {
      this.problems.push('A closing parenthesis has no opening one.');
      this.at++;
      parts.push(this.parseOr());
    }
    return joined('and', parts) ?? EVERYTHING;
  }

  private parseOr(): VmQuery | null {
    const parts = [this.parseAnd()];
    while (this.takeWord('OR')) parts.push(this.parseAnd());
    return joined('or', parts);
  }

  private parseAnd(): VmQuery | null {
    const parts: (VmQuery | null)[] = [];
    while (this.at < this.tokens.length && this.tokens[this.at]?.kind !== 'close' && !this.isWord('OR'))
      if (!this.takeWord('AND')) parts.push(this.parseNot());
    return joined('and', parts);
  }

  private parseNot(): VmQuery | null {
    const token = this.tokens[this.at];
    if (token?.kind === 'minus' || this.isWord('NOT')) {
      this.at++;
      const part = this.parseNot();
      return part && { kind: 'not', part };
    }
    if (token?.kind === 'open') return this.parseGroup();
    // Nothing to negate: the end, or what belongs to somebody else.
    if (token?.kind !== 'term' || this.isWord('OR') || this.isWord('AND')) return null;
    this.at++;
    return this.readTerm(token);
  }

  private parseGroup(): VmQuery | null {
    this.at++;
    const inside = this.parseOr();
    if (this.tokens[this.at]?.kind === 'close') this.at++;
    else this.problems.push('A parenthesis is not closed.');
    return inside;
  }

  private readTerm({ text, bare }: Token): VmQuery | null {
    const [whole = '', name = '', operator = ''] = /^([a-z]+)(>=|<=|!=|[:=<>])/i.exec(text) ?? [];
    const field = ALIASES[name.toLowerCase()];
    // In quotes it is a word, and so is what only looks like a field (an address and a port).
    if (!field || whole.length > bare) return text === '' ? null : { kind: 'word', text };
    const value = text.slice(whole.length);
    if (value === '') return this.leaveOut(`“${whole}” needs a value, as in ${EXAMPLES[field]}.`);
    const isList = operator !== '!=' && bare === text.length;
    const values = isList ? value.split(',').filter(Boolean) : [value];
    const parts = values.map((one) => this.readValue(field, operator === '!=' ? '=' : operator, one));
    const query = joined('or', parts);
    return operator === '!=' ? query && { kind: 'not', part: query } : query;
  }

  private readValue(field: TextField | NumberField, operator: string, text: string): VmQuery | null {
    if (!isNumberField(field)) {
      if (operator === ':' || operator === '=') return { kind: 'text', field, text, isExact: operator === '=' };
      return this.leaveOut(`“${field}” cannot be compared with ${operator}; write ${EXAMPLES[field]}.`);
    }
    const value = readNumber(field, text);
    if (value === null) return this.leaveOut(`“${text}” is no value of ${field}; write ${EXAMPLES[field]}.`);
    return { kind: 'number', field, comparison: operator === ':' ? '=' : (operator as Comparison), value };
  }

  private leaveOut(problem: string): null {
    this.problems.push(problem);
    return null;
  }

  private isWord(word: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'term' && token.text === word && token.bare === word.length;
  }

  private takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.at++;
    return true;
  }
}

const EXAMPLES: Record<TextField | NumberField, string> = {
  name: 'name:web*',
  status: 'status:running',
  tag: 'tag:web',
  folder: 'folder:Production',
  system: 'system:linux',
  accel: 'accel:kvm',
  notes: 'notes:backup',
  is: 'is:protected',
  mem: 'mem>2GiB',
  cpus: 'cpus>=4',
  disk: 'disk>20GiB',
  port: 'port:8080',
};

/** One query of several; the parts that are there. */
function joined(kind: 'and' | 'or', parts: readonly (VmQuery | null)[]): VmQuery | null {
  const there = parts.filter((part) => part !== null);
  if (there.length < 2) return there[0] ?? null;
  return { kind, parts: there };
}

const UNIT_BYTES: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** `2GiB`, `2G` and `2gb` are all two times 1024³; sizes need a unit, counts have none. */
function readNumber(field: NumberField, text: string): number | null {
  const [, digits, letter = ''] = /^(\d+(?:\.\d+)?)(?:([kmgt])(?:i?b)?)?$/i.exec(text) ?? [];
  if (digits === undefined) return null;
  const isSize = field === 'mem' || field === 'disk';
  if (isSize !== (letter !== '')) return Number(digits) === 0 ? 0 : null;
  return Number(digits) * (UNIT_BYTES[letter.toLowerCase()] ?? 1);
}
