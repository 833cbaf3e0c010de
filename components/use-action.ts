'use client';
import { useCallback, useRef, useState } from 'react';
import type { ErrorBody } from '@/lib/shared/errors';
import { useToasts } from './ui/Toast';

/** What every server action answers (`lib/web/action.ts`): actions never throw. */
export type ActionResult<T> = { ok: true; value: T } | { ok: false; error: ErrorBody };

const NO_ANSWER: ErrorBody = {
  code: 'internal',
  message: 'Skep did not answer. Check that it runs and that you are connected, then try again.',
};

/** Calls an action; a lost connection becomes an ordinary error. */
export async function callAction<T>(call: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await call();
  } catch {
    return { ok: false, error: NO_ANSWER };
  }
}

export interface RunningAction<A extends unknown[], T> {
  /** Runs it; the error, if any, is already shown. A second call while the first runs is ignored (undefined). */
  run: (...args: A) => Promise<ActionResult<T> | undefined>;
  isPending: boolean;
}

/**
 * Runs a server action from a control: one at a time, with a pending flag, errors shown by a toast.
 *
 * @param showError shows an error elsewhere (at a field); returns true when it did, else the toast comes
 */
export function useAction<A extends unknown[], T>(
  action: (...args: A) => Promise<ActionResult<T>>,
  showError?: (error: ErrorBody) => boolean,
): RunningAction<A, T> {
  const [isPending, setPending] = useState(false);
  const isRunning = useRef(false);
  const toasts = useToasts();
  const run = useCallback(
    async (...args: A) => {
      if (isRunning.current) return undefined;
      isRunning.current = true;
      setPending(true);
      const result = await callAction(() => action(...args));
      isRunning.current = false;
      setPending(false);
      if (!result.ok && !showError?.(result.error)) toasts.showError(result.error);
      return result;
    },
    [action, showError, toasts],
  );
  return { run, isPending };
}
