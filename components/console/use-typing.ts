'use client';

import { useEffect, useRef, useState } from 'react';
import type { ErrorBody } from '@/lib/shared/errors';
import { typedCharacters } from '@/lib/shared/typing/keystrokes';
import type { KeyboardLayout } from '@/lib/shared/typing/layouts';
import { typeIntoVm } from '@/lib/web/keyboard-actions';
import { callAction } from '../use-action';

/** A piece takes about this long, so that Stop is soon heard and the bar moves. */
const PIECE_SECONDS = 0.5;

export interface Typing {
  /** Characters typed so far, and in all; null while nothing is typed. */
  progress: { done: number; total: number } | null;
  error: ErrorBody | null;
  /** Resolves true when all was typed. */
  start: (text: string, layout: KeyboardLayout, keysPerSecond: number) => Promise<boolean>;
  /** No further piece is sent. */
  stop: () => void;
}

/** Types a text into a VM piece by piece; stops when the component goes. */
export function useTyping(vmName: string): Typing {
  const [progress, setProgress] = useState<Typing['progress']>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const wanted = useRef(false);
  const stop = () => void (wanted.current = false);
  useEffect(() => stop, []);
  const start: Typing['start'] = async (text, layout, keysPerSecond) => {
    const characters = typedCharacters(text);
    const pieceLength = Math.max(1, Math.round(keysPerSecond * PIECE_SECONDS));
    wanted.current = true;
    setError(null);
    for (let done = 0; wanted.current && done < characters.length; done += pieceLength) {
      setProgress({ done, total: characters.length });
      const piece = characters.slice(done, done + pieceLength).join('');
      const result = await callAction(() => typeIntoVm(vmName, { text: piece, layout, keysPerSecond }));
      if (result.ok) continue;
      setError(result.error);
      wanted.current = false;
    }
    setProgress(null);
    return wanted.current;
  };
  return { progress, error, start, stop };
}
