'use client';
import { useState } from 'react';
import type { ErrorBody } from '@/lib/shared/errors';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/Notice';
import { postAuth } from './post-auth';

/** One button: a link that was only looked at, by a chat program for instance, is not used up. */
export function LinkSignIn({ token }: { token: string }) {
  const [failure, setFailure] = useState<ErrorBody | null>(null);
  const [isPending, setPending] = useState(false);
  const signIn = async () => {
    setPending(true);
    const answer = await postAuth('link', { token });
    if (answer.ok) return window.location.assign('/');
    setPending(false);
    setFailure(answer.error);
  };
  return (
    <div className="flex flex-col gap-4">
      {failure && <ErrorNotice error={failure} />}
      <Button kind="primary" autoFocus isPending={isPending} onPress={() => void signIn()}>
        Sign in
      </Button>
    </div>
  );
}
