'use client';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/Button';
import { Fact, Facts } from '@/components/ui/Facts';
import { ErrorNotice } from '@/components/ui/Notice';
import { TextField } from '@/components/ui/TextField';
import { useToasts } from '@/components/ui/Toast';
import { MIN_PASSWORD_LENGTH, newPassword } from '@/lib/shared/account';
import type { ErrorBody } from '@/lib/shared/errors';
import { changePassword } from './change-password';

/** Who one is, and the password. */
export function AccountSection({ userName }: { userName: string }) {
  return (
    <div className="flex flex-col gap-5">
      <Facts>
        <Fact term="Name">{userName}</Fact>
        <Fact term="Role">Administrator</Fact>
      </Facts>
      <PasswordForm userName={userName} />
    </div>
  );
}

const EMPTY = { current: '', next: '', again: '' };

function PasswordForm({ userName }: { userName: string }) {
  const [typed, setTyped] = useState(EMPTY);
  const [isPending, setPending] = useState(false);
  const [isTried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<ErrorBody | null>(null);
  const toasts = useToasts();
  const errors = isTried ? errorsOf(typed) : { next: null, again: null };
  const set = (change: Partial<typeof EMPTY>) => {
    setTyped({ ...typed, ...change });
    setRefusal(null);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const { next, again } = errorsOf(typed);
    if (next || again || isPending) return;
    setPending(true);
    const error = await changePassword(typed.current, typed.next);
    setPending(false);
    if (error) return setRefusal(error);
    setTyped(EMPTY);
    setTried(false);
    toasts.show({
      kind: 'success',
      title: 'The password is changed.',
      text: 'All other browsers are signed out now.',
    });
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex max-w-sm flex-col gap-4">
      <h3 className="font-medium">Change the password</h3>
      {/* Tells password managers whose password it is. */}
      <input type="text" name="username" autoComplete="username" value={userName} readOnly hidden />
      <TextField
        label="Present password"
        type="password"
        autoComplete="current-password"
        value={typed.current}
        onChange={(current) => set({ current })}
        error={refusal?.code === 'unauthorized' ? 'That is not the present password.' : null}
      />
      <TextField
        label="New password"
        type="password"
        autoComplete="new-password"
        value={typed.next}
        onChange={(next) => set({ next })}
        error={errors.next}
        help={`At least ${MIN_PASSWORD_LENGTH} characters.`}
      />
      <TextField
        label="New password again"
        type="password"
        autoComplete="new-password"
        value={typed.again}
        onChange={(again) => set({ again })}
        error={errors.again}
        help="All other browsers are signed out when the password changes."
      />
      {refusal && refusal.code !== 'unauthorized' && <ErrorNotice error={refusal} />}
      <div>
        <Button
          type="submit"
          isPending={isPending}
          disabledReason={typed.current === '' ? 'Type the present password first.' : null}
        >
          Change password
        </Button>
      </div>
    </form>
  );
}

function errorsOf({ next, again }: typeof EMPTY): { next: string | null; again: string | null } {
  return {
    next: newPassword.safeParse(next).error?.issues[0]?.message ?? null,
    again: next === again ? null : 'The two are not the same.',
  };
}
