'use client';
import { useState, type FormEvent } from 'react';
import { Form } from 'react-aria-components';
import type { ErrorBody } from '@/lib/shared/errors';
import { Button } from '../ui/Button';
import { Banner, ErrorNotice } from '../ui/Notice';
import { TextField } from '../ui/TextField';
import { checkNewPassword, NewPasswordFields, type NewPassword } from './NewPasswordFields';
import { postAuth } from './post-auth';

const EMPTY = { password: '', repeated: '' };

/** Changes the password of who is signed in; every other session of theirs ends. */
export function ChangePasswordForm({ userName }: { userName: string }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState<NewPassword>(EMPTY);
  const [errors, setErrors] = useState<{ current?: string; password?: string; repeated?: string }>({});
  const [failure, setFailure] = useState<ErrorBody | null>(null);
  const [state, setState] = useState<'idle' | 'pending' | 'done'>('idle');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (state === 'pending') return;
    const found = checkNewPassword(password);
    setErrors(found ?? {});
    setFailure(null);
    if (found) return setState('idle');
    setState('pending');
    const answer = await postAuth('change-password', { currentPassword: current, newPassword: password.password });
    setState(answer.ok ? 'done' : 'idle');
    if (answer.ok) {
      setCurrent('');
      setPassword(EMPTY);
    } else if (answer.error.code === 'unauthorized') setErrors({ current: 'This is not your present password.' });
    else setFailure(answer.error);
  };

  return (
    <Form
      method="post"
      validationBehavior="aria"
      className="flex max-w-96 flex-col gap-4"
      onSubmit={(event) => void submit(event)}
    >
      {failure && <ErrorNotice error={failure} />}
      {state === 'done' && (
        <Banner kind="success" title="The password is changed.">
          Other browsers where you were signed in have to sign in again.
        </Banner>
      )}
      {/* For password managers: whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={userName} readOnly hidden />
      <TextField
        label="Present password"
        name="current-password"
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
        error={errors.current}
      />
      <NewPasswordFields label="New password" value={password} onChange={setPassword} errors={errors} />
      <div>
        <Button type="submit" isPending={state === 'pending'}>
          Change password
        </Button>
      </div>
    </Form>
  );
}
