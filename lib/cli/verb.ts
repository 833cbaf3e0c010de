/**
 * What a verb of the command is: one row of a table, read by the parser, the help, the completion and the tests.
 */
import type { ApiClient } from '../shared/api/client';
import type { Link } from './link';
import type { Screen } from './screen';

/** What the shell can complete. `vm`, `image` and `task` are asked of Skep, the others are known. */
export type Completes = 'vm' | 'image' | 'task' | 'file' | readonly string[];

export interface Option {
  /** A switch, or the word that stands for its value in the help. */
  value?: string;
  short?: string;
  /** It can be given several times. */
  many?: boolean;
  help: string;
  completes?: Completes;
}

export interface Argument {
  name: string;
  completes?: Completes;
  optional?: boolean;
  /** It takes all that are left. */
  many?: boolean;
}

/** What a command line gave. Names are those of the verb's own table. */
export interface Given {
  /** The value of an option; undefined when it was not given. */
  text(option: string): string | undefined;
  /** All values of an option that can be given several times. */
  texts(option: string): string[];
  has(option: string): boolean;
  /** An argument. @throws when the verb has no such argument that must be given */
  argument(name: string): string;
  optional(name: string): string | undefined;
  rest(name: string): string[];
}

/** What a verb works with. */
export interface Cli {
  api: ApiClient;
  link: Link;
  screen: Screen;
  /** `--json` was given: one JSON value is printed, nothing else. */
  json: boolean;
}

export const GROUPS = ['Virtual machines', 'Library', 'Tasks', 'Skep itself'] as const;

export interface Verb {
  name: string;
  group: (typeof GROUPS)[number];
  /** One line, as a sentence without a full stop. */
  summary: string;
  /** What the summary cannot say. */
  description?: string;
  arguments: readonly Argument[];
  options: Readonly<Record<string, Option>>;
  example: string;
  run(cli: Cli, given: Given): Promise<void>;
}
