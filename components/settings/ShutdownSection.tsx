'use client';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/Button';
import { NumberField } from '@/components/ui/NumberField';
import { useSettingSaver } from './use-setting';

/** How long a guest may take to shut down. */
export function ShutdownSection({ seconds }: { seconds: number }) {
  const [saved, setSaved] = useState(seconds);
  const [value, setValue] = useState(seconds);
  const { save, isPending, error, clear } = useSettingSaver();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isPending && (await save({ shutdownTimeoutSeconds: value }))) setSaved(value);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex max-w-md items-start gap-2">
      <NumberField
        label="Time to shut down"
        unit="s"
        help="A guest that has not gone off after this long counts as running again."
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
