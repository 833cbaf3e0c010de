'use client';
import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react';
import { ConfirmDialog } from './Dialog';

export interface Question {
  /** Names the thing, such as "Force off: web-1?". */
  title: string;
  /** The consequence. */
  text: ReactNode;
  confirmLabel: string;
  isDanger?: boolean;
}

type Ask = (question: Question) => Promise<boolean>;

const ConfirmContext = createContext<Ask | null>(null);

/** Asks a question in a dialog: `if (!(await confirm({ … }))) return;`. @throws outside of `ConfirmProvider` */
export function useConfirm(): Ask {
  const ask = useContext(ConfirmContext);
  if (!ask) throw new Error('useConfirm needs a ConfirmProvider above it.');
  return ask;
}

/** Draws the question that is being asked. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const answer = useRef<(yes: boolean) => void>(undefined);
  const ask = useCallback<Ask>((next) => {
    answer.current?.(false);
    setQuestion(next);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  }, []);
  const close = (yes: boolean) => {
    answer.current?.(yes);
    answer.current = undefined;
    setQuestion(null);
  };
  return (
    <ConfirmContext value={ask}>
      {children}
      {question && (
        <ConfirmDialog
          title={question.title}
          isOpen
          isDanger={question.isDanger}
          confirmLabel={question.confirmLabel}
          onConfirm={() => close(true)}
          onClose={() => close(false)}
        >
          <p className="text-pretty text-muted">{question.text}</p>
        </ConfirmDialog>
      )}
    </ConfirmContext>
  );
}
