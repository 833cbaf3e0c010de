'use client';

import { useEffect, useState } from 'react';
import { useConnection, useOutdated } from './live-hooks';

/** A restart of Skep takes less than this; only what lasts longer is worth a word. */
const PATIENCE_MS = 2500;

/** True when `value` has been true without a break for `delayMs`. */
function useLasting(value: boolean, delayMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!value) return;
    const timer = setTimeout(() => setLasting(true), delayMs);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [value, delayMs]);
  return value && lasting;
}

/** One line at the foot of the page when what it shows may be old. Says what to do, takes nothing away. */
export function ConnectionBanner() {
  const connection = useConnection();
  const outdated = useOutdated();
  const notLive = useLasting(connection === 'lost', PATIENCE_MS);
  const message =
    connection === 'signed-out'
      ? { text: 'You are signed out.', button: 'Sign in' }
      : outdated
        ? { text: 'Skep was updated. This page is of the version before.', button: 'Reload' }
        : notLive
          ? { text: 'Not live: the connection to Skep is lost. Trying again…', button: null }
          : null;
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-4 z-50 flex justify-center px-4">
      {message && (
        <p className="pointer-events-auto flex items-center gap-3 rounded-md bg-raised px-3 py-2 shadow-raised">
          {message.text}
          {message.button && (
            <button
              type="button"
              className="font-medium underline underline-offset-2"
              onClick={() => window.location.reload()}
            >
              {message.button}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
