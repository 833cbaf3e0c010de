'use client';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { ErrorBody } from '@/lib/shared/errors';
import { Button } from '../ui/Button';
import { CodeBlock } from '../ui/Copy';
import { Disclosure } from '../ui/Disclosure';
import { ErrorNotice } from '../ui/Notice';
import { Skeleton } from '../ui/Skeleton';
import { callAction, type ActionResult } from '../use-action';

interface OnDemandProps {
  title: string;
  /** Shown while it is folded. */
  value: string;
  /** Shown when there is no text. */
  empty: string;
  /** Shows the end first (a log). */
  isAtEnd?: boolean;
  load: () => Promise<ActionResult<string>>;
}

/** A long text that is loaded when it is unfolded, and again on request. */
export function OnDemand({ title, value, empty, isAtEnd, load }: OnDemandProps) {
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const [isPending, setPending] = useState(false);
  const reload = async () => {
    setPending(true);
    const result = await callAction(load);
    setPending(false);
    setError(result.ok ? null : result.error);
    if (result.ok) setText(result.value);
  };
  return (
    <Disclosure title={title} value={value} onOpenChange={(open) => open && void reload()}>
      <div className="flex flex-col gap-2">
        {error && <ErrorNotice error={error} />}
        {text === null && !error && <Skeleton className="h-24 w-full" />}
        {text === '' && <p className="text-muted">{empty}</p>}
        {text && <CodeBlock text={text} label={title} isAtEnd={isAtEnd} />}
        <Button
          size="sm"
          className="self-start"
          icon={<RefreshCw aria-hidden className="size-3.5" />}
          isPending={isPending}
          onPress={() => void reload()}
        >
          Refresh
        </Button>
      </div>
    </Disclosure>
  );
}
