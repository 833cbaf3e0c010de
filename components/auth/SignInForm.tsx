'use client';
import { useRef, useState, type FormEvent } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/Notice';
import { TextField } from '../ui/TextField';
import { postAuth } from './post-auth';
import { useCountdown } from './use-countdown';
import type { ErrorBody } from '@/lib/shared/errors';

/** Name and password. After success the whole page loads anew, with the session. */
export function SignInForm({ next }: { next: string }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<ErrorBody | null>(null);
  const [isPending, setPending] = useState(false);
  const { secondsLeft, start } = useCountdown();
  const passwordInput = useRef<HTMLInputElement>(null);
  const isWrong = error?.code === 'unauthorized';
  const mustWait = error?.code === 'too_many_requests';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isPending || secondsLeft > 0) return;
    setPending(true);
    const answer = await postAuth('sign-in/username', { username: name.trim(), password });
    if (answer.ok) return window.location.assign(next);
    setPending(false);
    setError(answer.error);
    if (answer.retryAfterSeconds) start(answer.retryAfterSeconds);
    passwordInput.current?.select();
    passwordInput.current?.focus();
  };

  return (
    <Form
      method="post"
      validationBehavior="aria"
      className="flex flex-col gap-4"
      onSubmit={(event) => void submit(event)}
    >
      {error && !isWrong && !(mustWait && secondsLeft === 0) && (
        <ErrorNotice error={mustWait ? { message: waitSentence(error, secondsLeft) } : error} />
      )}
      <TextField
        label="Name"
        name="username"
        autoComplete="username"
        spellCheck="false"
        autoFocus
        value={name}
        onChange={setName}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(value) => {
          setPassword(value);
          if (isWrong) setError(null);
        }}
        error={isWrong ? error.message : null}
        inputRef={passwordInput}
      />
      <Button
        type="submit"
        kind="primary"
        isPending={isPending}
        disabledReason={secondsLeft > 0 ? `You can try again in ${seconds(secondsLeft)}.` : null}
      >
        Sign in
      </Button>
    </Form>
  );
}

function waitSentence(error: ErrorBody, left: number): string {
  // The account is closed to this address: the server's sentence says how to get in.
  return error.message.startsWith('Too many tries')
    ? `Too many tries. Wait ${seconds(left)}, then try again.`
    : error.message;
}

function seconds(count: number): string {
  return count === 1 ? '1 second' : `${count} seconds`;
}
