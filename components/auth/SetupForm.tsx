'use client';
import { useState, type FormEvent } from 'react';
import { Form } from 'react-aria-components';
import { userName } from '@/lib/shared/account';
import type { ErrorBody } from '@/lib/shared/errors';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/Notice';
import { TextField } from '../ui/TextField';
import { checkNewPassword, NewPasswordFields, type NewPassword } from './NewPasswordFields';
import { postAuth } from './post-auth';
import { useFocusInvalid } from './use-focus-invalid';

type Errors = { name?: string; password?: string; repeated?: string };

/** Name and password of the first administrator, who is signed in at once. */
export function SetupForm({ token }: { token: string }) {
  const [name, setName] = useState('admin');
  const [password, setPassword] = useState<NewPassword>({ password: '', repeated: '' });
  const [errors, setErrors] = useState<Errors>({});
  const [failure, setFailure] = useState<ErrorBody | null>(null);
  const [isPending, setPending] = useState(false);
  const form = useFocusInvalid(errors);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isPending) return;
    const found = check(name.trim(), password);
    setErrors(found ?? {});
    setFailure(null);
    if (found) return;
    setPending(true);
    const answer = await postAuth('setup', { token, name: name.trim(), password: password.password });
    if (answer.ok) return window.location.assign('/');
    setPending(false);
    setErrors(answer.error.fields ?? {});
    if (!answer.error.fields) setFailure(answer.error);
  };

  return (
    <Form
      ref={form}
      method="post"
      validationBehavior="aria"
      className="flex flex-col gap-4"
      onSubmit={(event) => void submit(event)}
    >
      {failure && <ErrorNotice error={failure} />}
      <TextField
        label="Name"
        name="username"
        autoComplete="username"
        spellCheck="false"
        value={name}
        onChange={setName}
        error={errors.name}
      />
      <NewPasswordFields label="Password" value={password} onChange={setPassword} errors={errors} />
      <Button type="submit" kind="primary" isPending={isPending}>
        Create administrator
      </Button>
    </Form>
  );
}

function check(name: string, password: NewPassword): Errors | null {
  const checked = userName.safeParse(name);
  const ofName = checked.success ? null : { name: checked.error.issues[0]?.message };
  const ofPassword = checkNewPassword(password);
  return ofName || ofPassword ? { ...ofName, ...ofPassword } : null;
}
