'use client';
import { Switch } from '@/components/ui/Checkbox';
import { NumberField } from '@/components/ui/NumberField';
import type { FieldNotes } from '@/lib/shared/field-keys';
import type { VmAutostart } from '@/lib/shared/vm';

interface AutostartFieldsProps {
  value: VmAutostart;
  onChange: (value: VmAutostart) => void;
  /** By the keys `autostart.order` and `autostart.delaySeconds`. */
  notes: FieldNotes;
}

/** Whether the VM starts with Skep, and when. */
export function AutostartFields({ value, onChange, notes }: AutostartFieldsProps) {
  return (
    <div className="flex flex-col gap-4">
      <Switch
        isSelected={value.enabled}
        onChange={(enabled) => onChange({ ...value, enabled })}
        help="When Skep starts and the VM does not run, it is started."
      >
        Start with Skep
      </Switch>
      {value.enabled && (
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            label="Order"
            help="Lower starts first."
            error={notes['autostart.order']?.message}
            value={value.order}
            onChange={(order) => onChange({ ...value, order })}
            minValue={0}
          />
          <NumberField
            label="Delay"
            unit="s"
            help="Counted from the start of the VM before it."
            error={notes['autostart.delaySeconds']?.message}
            value={value.delaySeconds}
            onChange={(delaySeconds) => onChange({ ...value, delaySeconds })}
            minValue={0}
          />
        </div>
      )}
    </div>
  );
}
