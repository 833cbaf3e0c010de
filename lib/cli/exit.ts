/** How the command ends. Scripts read the number, people the sentence. */
import { isAppError, type ErrorCode } from '../shared/errors';

/** 0 is success. */
export const EXIT = { failed: 1, usage: 2, notFound: 3, refused: 4, unreachable: 5, notAllowed: 6 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What the numbers mean, for the help. */
export const EXIT_MEANINGS: [number, string][] = [
  [0, 'it was done'],
  [EXIT.failed, 'it failed'],
  [EXIT.usage, 'the command line is wrong'],
  [EXIT.notFound, 'there is no such VM, file or task'],
  [EXIT.refused, 'it is not possible now: another state, in use, changed by somebody else, or no room'],
  [EXIT.unreachable, 'Skep, or the QEMU of the VM, does not answer'],
  [EXIT.notAllowed, 'the token or the user may not do that'],
];

/** An error of the command itself, with the number it ends with. */
export class CliError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    /** What to do next, on a line of its own. */
    readonly hint: string | null = null,
  ) {
    super(message);
  }
}

/** The command line is wrong. */
export function usageError(message: string, hint: string | null = null): CliError {
  return new CliError(EXIT.usage, message, hint);
}

const BY_CODE: Partial<Record<ErrorCode, ExitCode>> = {
  invalid_input: EXIT.usage,
  not_found: EXIT.notFound,
  already_exists: EXIT.refused,
  wrong_state: EXIT.refused,
  busy: EXIT.refused,
  no_space: EXIT.refused,
  qemu_unreachable: EXIT.unreachable,
  unauthorized: EXIT.notAllowed,
  forbidden: EXIT.notAllowed,
};

/** The number that a failure ends with. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  return (isAppError(error) && BY_CODE[error.code]) || EXIT.failed;
}
