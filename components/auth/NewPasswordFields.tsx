'use client';
import { MIN_PASSWORD_LENGTH, newPassword } from '@/lib/shared/account';
import { TextField } from '../ui/TextField';

export interface NewPassword {
  password: string;
  repeated: string;
}

/** What is wrong with a new password that was typed twice, at each field; null when it can be used. Pure. */
export function checkNewPassword({ password, repeated }: NewPassword): { password?: string; repeated?: string } | null {
  const checked = newPassword.safeParse(password);
  if (!checked.success) return { password: checked.error.issues[0]?.message ?? 'This password cannot be used.' };
  return password === repeated ? null : { repeated: 'The two passwords differ.' };
}

interface NewPasswordFieldsProps {
  label: string;
  value: NewPassword;
  onChange: (value: NewPassword) => void;
  errors: { password?: string; repeated?: string };
}

/** A new password, twice, so that a typing mistake does not lock anybody out. */
export function NewPasswordFields({ label, value, onChange, errors }: NewPasswordFieldsProps) {
  return (
    <>
      <TextField
        label={label}
        name="new-password"
        type="password"
        autoComplete="new-password"
        value={value.password}
        onChange={(password) => onChange({ ...value, password })}
        error={errors.password}
        help={`At least ${MIN_PASSWORD_LENGTH} characters. A few words in a row are easy to keep in mind.`}
      />
      <TextField
        label="The same again"
        name="repeated-password"
        type="password"
        autoComplete="new-password"
        value={value.repeated}
        onChange={(repeated) => onChange({ ...value, repeated })}
        error={errors.repeated}
      />
    </>
  );
}
