/**
 * The one error shape. Thrown inside, caught at the edges (server actions, routes, sockets), shown once.
 *
 * Errors are recognised by a brand and not by `instanceof`: Next loads its modules apart from the server's,
 * so one class exists several times in one process.
 */

/** Each code with the HTTP status that the edges answer. */
export const ERROR_STATUS = {
  invalid_input: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  already_exists: 409,
  wrong_state: 409,
  busy: 409,
  precondition_failed: 412,
  too_many_requests: 429,
  no_space: 507,
  qemu_failed: 500,
  qemu_unreachable: 503,
  host_missing: 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** What an edge sends to a browser or a script. */
export interface ErrorBody {
  code: ErrorCode;
  /** A sentence for the user: what failed, why, what to do next. */
  message: string;
  /** Somebody else's words (QEMU, the kernel), shown folded. */
  details?: string;
  /** For `invalid_input`: path of the field, joined by dots, to its sentence. */
  fields?: Record<string, string>;
}

const BRAND = Symbol.for('skep.AppError');

/** An error with a code and a sentence for the user. */
export class AppError extends Error {
  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly details: string | undefined;
  readonly fields: Record<string, string> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: { details?: string; fields?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = more.details;
    this.fields = more.fields;
  }
}

/** True for an AppError of any module instance. */
export function isAppError(error: unknown): error is AppError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

/** Turns anything thrown into what may leave the server; what is not ours becomes `internal` and tells nothing. */
export function toErrorBody(error: unknown): ErrorBody {
  if (!isAppError(error)) {
    return { code: 'internal', message: 'Skep failed inside. Its log says more; trying again may help.' };
  }
  return {
    code: error.code,
    message: error.message,
    ...(error.details ? { details: error.details } : {}),
    ...(error.fields ? { fields: error.fields } : {}),
  };
}

/** Node's error code (`ENOENT`, …) of a thrown value, or undefined. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
