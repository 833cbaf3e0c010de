'use client';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/Button';
import { NumberField } from '@/components/ui/NumberField';
import { useSettingSaver } from './use-setting';

/** How long deleted things can be restored. */
export function TrashSection({ days }: { days: number }) {
  const [saved, setSaved] = useState(days);
  const [value, setValue] = useState(days);
  const { save, isPending, error, clear } = useSettingSaver();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isPending && (await save({ trashDays: value }))) setSaved(value);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex max-w-md items-start gap-2">
      <NumberField
        label="Days in the trash"
        unit="days"
        help="For what is deleted from now on. With 0 it is deleted at once and cannot be restored."
        value={value}
        onChange={(next) => {
          setValue(next);
          clear();
        }}
        error={error}
        minValue={0}
        className="min-w-0 flex-1"
      />
      <Button
        type="submit"
        isPending={isPending}
        disabledReason={value === saved ? 'Nothing is changed.' : null}
        className="mt-6"
      >
        Save
      </Button>
    </form>
  );
}
