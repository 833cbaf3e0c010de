'use client';
import { useState } from 'react';
import { cx } from '@/components/ui/cx';
import type { FieldTexts } from '@/components/ui/Field';
import { NumberField } from '@/components/ui/NumberField';
import { Select } from '@/components/ui/Select';

const UNIT_BYTES = { MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 } as const;
export type SizeUnit = keyof typeof UNIT_BYTES;

interface SizeFieldProps extends FieldTexts {
  /** NaN while the field is empty. */
  bytes: number;
  onChange: (bytes: number) => void;
  /** Sizes are rounded to a multiple of this: a MiB for memory, a sector for disks. */
  granuleBytes: number;
  units: readonly [SizeUnit, ...SizeUnit[]];
  className?: string;
}

/** A size as a number and a unit. Changing the unit keeps the size. */
export function SizeField({ bytes, onChange, granuleBytes, units, label, className, ...texts }: SizeFieldProps) {
  const [unit, setUnit] = useState<SizeUnit>(() => fittingUnit(bytes, units));
  return (
    <div className={cx('grid grid-cols-[minmax(0,1fr)_5.5rem] items-start gap-1.5', className)}>
      <NumberField
        {...texts}
        label={label}
        value={bytes / UNIT_BYTES[unit]}
        onChange={(value) => onChange(Math.round((value * UNIT_BYTES[unit]) / granuleBytes) * granuleBytes)}
        minValue={0}
        formatOptions={{ maximumFractionDigits: 3, useGrouping: false }}
      />
      <Select
        label={`Unit of ${label.toLowerCase()}`}
        hideLabel
        options={units.map((value) => ({ value, label: value }))}
        value={unit}
        onChange={setUnit}
        // The height of the label of the field before it.
        className="pt-6"
      />
    </div>
  );
}

/** The largest unit that tells the size in quarters, or else the smallest. */
function fittingUnit(bytes: number, units: SizeFieldProps['units']): SizeUnit {
  const fits = (unit: SizeUnit) => bytes >= UNIT_BYTES[unit] && Number.isInteger((bytes / UNIT_BYTES[unit]) * 4);
  return units.findLast(fits) ?? units[0];
}
